/// The rules for one place in an object, as a custom resource definition can state them.
indirect enum ObjectSchema: Sendable {
    /// Text of at least so many characters, or one of a few words.
    case string(minLength: Int = 0)
    case word([String])
    case integer(ClosedRange<Int>)
    /// An object with these members and no others.
    case object([Property], rule: Rule? = nil)
    /// An object whose names are free.
    case map(ObjectSchema, maxProperties: Int? = nil, rule: Rule? = nil)
    case list(ObjectSchema, maxItems: Int? = nil, unique: Uniqueness? = nil)
    case anything

    /// A member of an object.
    struct Property: Sendable {
        let name: String
        let schema: ObjectSchema
        let isRequired: Bool

        static func required(_ name: String, _ schema: ObjectSchema) -> Property {
            Property(name: name, schema: schema, isRequired: true)
        }

        static func optional(_ name: String, _ schema: ObjectSchema) -> Property {
            Property(name: name, schema: schema, isRequired: false)
        }
    }

    /// What no two entries of a list may share.
    enum Uniqueness: Sendable {
        /// The member of that name: `x-kubernetes-list-type: map`.
        case member(String)
        /// Everything: `x-kubernetes-list-type: set`.
        case whole
    }

    /// What a definition says in CEL.
    enum Rule: Sendable {
        case atMostOne(String, String)
        case exactlyOne(String, String)
        case nothingEmpty(String)
    }
}
