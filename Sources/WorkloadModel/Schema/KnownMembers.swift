extension Workload {
    /// The members of `spec` that this version knows: what an update has the say in.
    public static let knownSpecMembers: [String] =
        ["owner"] + Schema.descriptor.fields.filter { !$0.isFormer }.compactMap(\.member)

    /// The members of `spec.container` that this version can set: what an update has the say in.
    public static let knownContainerMembers: [String] = ["image"] + Schema.configurations.fields.compactMap(\.member)
}
