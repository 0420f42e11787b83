extension ObjectSchema {
    /// A Workload as the API takes it: everything that its document and its resource definition rule out is refused.
    static func workload(_ version: MockControlPlane.APIVersion) -> ObjectSchema {
        .object([
            .optional("apiVersion", .word(["openchoreo.dev/v1alpha1"])),
            .optional("kind", .word(["Workload"])),
            .required("metadata", metadata(version)),
            .required("spec", workloadSpec(version)),
            // Read-only: a client may send back what it was given.
            .optional("status", .anything),
        ])
    }

    private static func metadata(_ version: MockControlPlane.APIVersion) -> ObjectSchema {
        var properties: [Property] = [
            .required("name", .string(minLength: 1)),
            .optional("namespace", .string()),
            .optional("uid", .string()),
            .optional("creationTimestamp", .string()),
            .optional("labels", .map(.string())),
            .optional("annotations", .map(.string())),
        ]
        if version == .current {
            properties += [
                .optional("deletionTimestamp", .string()),
                .optional("deletionGracePeriodSeconds", .integer(0...Int.max)),
            ]
        }
        return .object(properties)
    }

    static func workloadSpec(_ version: MockControlPlane.APIVersion) -> ObjectSchema {
        .object([
            .required(
                "owner",
                .object([
                    .required("projectName", .string(minLength: 1)),
                    .required("componentName", .string(minLength: 1)),
                ])),
            .required("container", container(version)),
            .optional("endpoints", .map(endpoint(version))),
            .optional("dependencies", dependencies(version)),
            // Since v1.2.6; `droppedMembers` imitates a server that does not know it.
            .optional(
                "source", .object(["commit", "branch", "repository", "authoredAt"].map { .optional($0, .string()) })),
        ])
    }

    private static func container(_ version: MockControlPlane.APIVersion) -> ObjectSchema {
        let secretName = string(minLength: version == .current ? 1 : 0)
        let secretKeyRef = object([.required("name", secretName), .required("key", secretName)])
        let values: [Property] = [
            .optional("value", .string()),
            .optional("valueFrom", .object([.optional("secretKeyRef", secretKeyRef)])),
        ]
        let rule: Rule =
            switch version {
            case .current: .atMostOne("value", "valueFrom")
            case .releaseCandidate: .exactlyOne("value", "valueFrom")
            }
        return .object([
            .required("image", .string(minLength: 1)),
            .optional("command", .list(.string())),
            .optional("args", .list(.string())),
            .optional("env", .list(.object([.required("key", .string())] + values, rule: rule))),
            .optional(
                "files",
                .list(.object([.required("key", .string()), .required("mountPath", .string())] + values, rule: rule))),
        ])
    }

    private static func endpoint(_ version: MockControlPlane.APIVersion) -> ObjectSchema {
        let types = ["HTTP", "gRPC", "GraphQL", "Websocket", "TCP", "UDP"]
        return .object([
            .required("type", .word(version == .releaseCandidate ? types + ["REST"] : types)),
            .required("port", .integer(1...65_535)),
            .optional("targetPort", .integer(1...65_535)),
            .optional("displayName", .string()),
            .optional("basePath", .string()),
            .optional("visibility", .list(.word(["project", "namespace", "internal", "external"]), unique: .whole)),
            .optional("schema", .object([.optional("type", .string()), .optional("content", .string())])),
        ])
    }

    private static func dependencies(_ version: MockControlPlane.APIVersion) -> ObjectSchema {
        let endpoint = object([
            .optional("project", .string()),
            .required("component", .string(minLength: 1)),
            .required("name", .string(minLength: 1)),
            .required("visibility", .word(["project", "namespace"])),
            .required(
                "envBindings", .object(["address", "host", "port", "basePath"].map { .optional($0, .string()) })),
        ])
        let resource = object([
            .required("ref", .string(minLength: 1)),
            .optional("envBindings", bindings("envBindings keys (output names) and values (env var names)")),
            .optional("fileBindings", bindings("fileBindings keys (output names) and values (mount paths)")),
        ])
        var properties: [Property] = [.optional("endpoints", .list(endpoint, maxItems: 50))]
        if version == .current {
            properties.append(.optional("resources", .list(resource, maxItems: 50, unique: .member("ref"))))
        }
        return .object(properties)
    }

    private static func bindings(_ what: String) -> ObjectSchema {
        .map(.string(), maxProperties: 50, rule: .nothingEmpty("\(what) cannot be empty"))
    }
}
