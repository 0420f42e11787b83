import JSON

extension Schema {
    /// The value of `configurations`.
    static let configurations = Schema(
        name: "configurations",
        description: "The environment variables and files of the component's container.",
        fields: [
            Field(
                key: "env",
                type: .list(Entries(noun: "environment variable", schema: environmentVariable, unique: "name")),
                description: "The container's environment variables.",
                examples: [[["name": "LOG_LEVEL", "value": "info"]]]),
            Field(
                key: "files", type: .list(Entries(noun: "file", schema: configurationFile, unique: "name")),
                description: "Files that are mounted into the container.",
                examples: [[["name": "app.json", "mountPath": "/etc/config", "valueFrom": ["path": "app.json"]]]]),
        ])

    private static let environmentVariable = Schema(
        name: "environmentVariable",
        description: "An environment variable, with its value or the secret that holds it.",
        fields: [
            Field(
                key: "name", type: .text(.environmentName),
                description: "The variable's name, once in this list: printable ASCII characters without '='.",
                presence: .required, examples: ["LOG_LEVEL"], former: "key", sentAs: "key"),
            Field(
                key: "value", type: .text(.any), description: "The value, exactly as it is written.",
                examples: ["info"]),
            Field(
                key: "valueFrom", type: .mapping(environmentSource),
                description: "The secret that holds the value. Not together with value."),
        ],
        rules: [.one("value", "valueFrom", lack: .missingValue, noValue)],
        hintForOther: { node in
            // As a shell or a Compose file has it.
            let parts = node.text?.split(separator: "=", maxSplits: 1) ?? []
            return parts.count == 2 ? "write '- name: \(ShownText.plain(String(parts[0])))' and 'value:' below it" : nil
        },
        inspect: { $0.inspect(variable: $1) })

    private static let environmentSource = Schema(
        name: "environmentSource",
        description: "Where the value of an environment variable comes from.",
        fields: [secretKeyReferenceField(presence: .required)],
        refusedKeys: [
            "path": "write 'value' or 'secretKeyRef', or put the file under 'configurations.files'",
            "configMapKeyRef": "a Workload refers to no ConfigMap; write 'value' or 'secretKeyRef'",
        ])

    private static let configurationFile = Schema(
        name: "configurationFile",
        description: "A file that is mounted into the container, with its content or where it comes from.",
        fields: [
            Field(
                key: "name", type: .text(.dataKey),
                description: "The file's name, once in this list: letters, digits, '-', '_' and '.'.",
                presence: .required, examples: ["app.json"], former: "key", sentAs: "key"),
            Field(
                key: "mountPath", type: .text(.mountPath),
                description: "The absolute path in the container where the file is mounted.", presence: .required,
                examples: ["/etc/config"]),
            Field(
                key: "value", type: .text(.any), description: "The content, exactly as it is written.",
                examples: ["{\"feature\": true}\n"]),
            Field(
                key: "valueFrom", type: .mapping(fileSource),
                description: "The file in the source dir, or the secret, that holds the content. Not together "
                    + "with value."),
        ],
        rules: [.one("value", "valueFrom", lack: .missingValue, noValue)],
        inspect: { $0.inspect(file: $1) },
        convert: { file in
            // The text of a file that was named is sent as if it had been written here.
            guard let text = file["valueFrom"]?["path"] else { return }
            file["valueFrom"] = nil
            file["value"] = text == "" ? nil : text
        })

    private static let noValue =
        "neither 'value' nor 'valueFrom' is set, so it is sent without a value; write 'value: \"\"' if that is meant"

    private static let fileSource = Schema(
        name: "fileSource",
        description: "Where the content of a file comes from.",
        fields: [
            Field(
                key: "path", type: .file,
                description: "A file whose text is the content. The path is relative to this file and stays inside "
                    + "the source dir.", allowsEmpty: false, examples: ["config/app.json"]),
            secretKeyReferenceField(presence: .optional),
        ],
        rules: [
            .one("path", "secretKeyRef", lack: .missingChoice, "either 'path' or 'secretKeyRef' must be set")
        ],
        refusedKeys: ["configMapKeyRef": "a Workload refers to no ConfigMap; write 'path', 'secretKeyRef' or 'value'"])

    private static func secretKeyReferenceField(presence: Field.Presence) -> Field {
        Field(
            key: "secretKeyRef", type: .mapping(secretKeyReference),
            description: "The OpenChoreo SecretReference, and the key in it, that hold the value.",
            presence: presence, examples: [["name": "db-credentials", "key": "password"]])
    }

    private static let secretKeyReference = Schema(
        name: "secretKeyReference",
        description: "A key of an OpenChoreo SecretReference.",
        fields: [
            Field(
                key: "name", type: .text(.objectName),
                description: "The name of the SecretReference, an object of OpenChoreo; not that of a Secret.",
                presence: .required, examples: ["db-credentials"]),
            Field(
                key: "key", type: .text(.dataKey), description: "The key in the SecretReference.",
                presence: .required, examples: ["password"]),
        ])
}
