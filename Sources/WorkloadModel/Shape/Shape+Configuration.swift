extension Shape {
    /// The value of `configurations`.
    static let configurations = Shape(
        name: "configurations",
        title: "Configurations",
        description: "The environment variables and files of the component's container.",
        fields: [
            Field(
                key: "env", title: "Environment variables", description: "The container's environment variables.",
                type: .list(Entries(noun: "environment variable", shape: environmentVariable, unique: "name")),
                defaultValue: [], examples: [[["name": "LOG_LEVEL", "value": "info"]]]),
            Field(
                key: "files", title: "Files", description: "Files that are mounted into the container.",
                type: .list(Entries(noun: "file", shape: configurationFile, unique: "name")),
                defaultValue: [],
                examples: [[["name": "app.json", "mountPath": "/etc/config", "valueFrom": ["path": "app.json"]]]]),
        ])

    private static let environmentVariable = Shape(
        name: "environmentVariable",
        title: "Environment variable",
        description: "An environment variable, with its value or the secret that holds it.",
        fields: [
            Field(
                key: "name", title: "Name",
                description: "The variable's name, once in this list: printable ASCII characters without '='.",
                type: .text(.environmentName), presence: .required, examples: ["LOG_LEVEL"], formerKeys: ["key"]),
            Field(
                key: "value", title: "Value",
                description: "The value, exactly as it is written. Servers up to v1.0.x refuse an empty one.",
                type: .text(.any), examples: ["info"],
                notice: .whenEmpty("servers up to v1.0.x refuse a variable without a value")),
            Field(
                key: "valueFrom", title: "Value from",
                description: "The secret that holds the value. Not together with value.",
                type: .mapping(environmentSource)),
        ],
        rules: [.exactlyOne("value", "valueFrom", emptyAllowed: true)])

    private static let environmentSource = Shape(
        name: "environmentSource",
        title: "Source of an environment variable",
        description: "Where the value of an environment variable comes from.",
        fields: [secretKeyReferenceField(presence: .required)],
        refusedKeys: [
            "path": "write 'value' or 'secretKeyRef', or put the file under 'configurations.files'"
        ])

    private static let configurationFile = Shape(
        name: "configurationFile",
        title: "File",
        description: "A file that is mounted into the container, with its content or where it comes from.",
        fields: [
            Field(
                key: "name", title: "Name",
                description: "The file's name, once in this list: letters, digits, '-', '_' and '.'.",
                type: .text(.dataKey), presence: .required, examples: ["app.json"], formerKeys: ["key"]),
            Field(
                key: "mountPath", title: "Mount path",
                description: "The absolute path in the container where the file is mounted.",
                type: .text(.mountPath), presence: .required, examples: ["/etc/config"]),
            Field(
                key: "value", title: "Value",
                description: "The content, exactly as it is written. Servers up to v1.0.x refuse an empty one.",
                type: .text(.any), examples: ["{\"feature\": true}\n"],
                notice: .whenEmpty("servers up to v1.0.x refuse a file without content")),
            Field(
                key: "valueFrom", title: "Value from",
                description: "The file in the source dir, or the secret, that holds the content. Not together "
                    + "with value.",
                type: .mapping(fileSource)),
        ],
        rules: [.exactlyOne("value", "valueFrom", emptyAllowed: true)])

    private static let fileSource = Shape(
        name: "fileSource",
        title: "Source of a file",
        description: "Where the content of a file comes from.",
        fields: [
            Field(
                key: "path", title: "Path",
                description: "A file whose text is the content. The path is relative to this file and stays inside "
                    + "the source dir.",
                type: .file, allowsEmpty: false, examples: ["config/app.json"],
                notice: .whenEmpty("servers up to v1.0.x refuse a file without content")),
            secretKeyReferenceField(presence: .optional),
        ],
        rules: [.exactlyOne("path", "secretKeyRef", emptyAllowed: false)])

    private static func secretKeyReferenceField(presence: Field.Presence) -> Field {
        Field(
            key: "secretKeyRef", title: "Secret key reference", description: "The secret that holds the value.",
            type: .mapping(secretKeyReference), presence: presence,
            examples: [["name": "db-credentials", "key": "password"]])
    }

    private static let secretKeyReference = Shape(
        name: "secretKeyReference",
        title: "Secret key reference",
        description: "A key of a secret.",
        fields: [
            Field(
                key: "name", title: "Secret", description: "The secret's name.", type: .text(.objectName),
                presence: .required, examples: ["db-credentials"]),
            Field(
                key: "key", title: "Key", description: "The key in the secret.", type: .text(.dataKey),
                presence: .required, examples: ["password"]),
        ])
}
