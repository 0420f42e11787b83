import JSON

extension Schema {
    /// The value of `configurations`.
    static let configurations = Schema(
        name: "configurations",
        title: "Configurations",
        description: "The environment variables and files of the component's container.",
        fields: [
            Field(
                key: "env", title: "Environment variables", description: "The container's environment variables.",
                type: .list(Entries(noun: "environment variable", schema: environmentVariable, unique: "name")),
                defaultValue: [], examples: [[["name": "LOG_LEVEL", "value": "info"]]]),
            Field(
                key: "files", title: "Files", description: "Files that are mounted into the container.",
                type: .list(Entries(noun: "file", schema: configurationFile, unique: "name")),
                defaultValue: [],
                examples: [[["name": "app.json", "mountPath": "/etc/config", "valueFrom": ["path": "app.json"]]]]),
        ])

    private static let environmentVariable = Schema(
        name: "environmentVariable",
        title: "Environment variable",
        description: "An environment variable, with its value or the secret that holds it.",
        fields: [
            Field(
                key: "name", title: "Name",
                description: "The variable's name, once in this list: printable ASCII characters without '='.",
                type: .text(.environmentName), presence: .required, examples: ["LOG_LEVEL"], former: .read("key"),
                sent: .renamed("key")),
            Field(
                key: "value", title: "Value",
                description: "The value, exactly as it is written.",
                type: .text(.any), examples: ["info"]),
            Field(
                key: "valueFrom", title: "Value from",
                description: "The secret that holds the value. Not together with value.",
                type: .mapping(environmentSource)),
        ],
        rules: [.one("value", "valueFrom", lack: .missingValue, noValue)],
        hintForText: { text in
            // As a shell or a Compose file has it.
            let parts = text.split(separator: "=", maxSplits: 1)
            return parts.count == 2 ? "write '- name: \(ShownText.plain(String(parts[0])))' and 'value:' below it" : nil
        })

    private static let environmentSource = Schema(
        name: "environmentSource",
        title: "Source of an environment variable",
        description: "Where the value of an environment variable comes from.",
        fields: [secretKeyReferenceField(presence: .required)],
        refusedKeys: [
            "path": "write 'value' or 'secretKeyRef', or put the file under 'configurations.files'",
            "configMapKeyRef": "a Workload refers to no ConfigMap; write 'value' or 'secretKeyRef'",
        ])

    private static let configurationFile = Schema(
        name: "configurationFile",
        title: "File",
        description: "A file that is mounted into the container, with its content or where it comes from.",
        fields: [
            Field(
                key: "name", title: "Name",
                description: "The file's name, once in this list: letters, digits, '-', '_' and '.'.",
                type: .text(.dataKey), presence: .required, examples: ["app.json"], former: .read("key"),
                sent: .renamed("key")),
            Field(
                key: "mountPath", title: "Mount path",
                description: "The absolute path in the container where the file is mounted.",
                type: .text(.mountPath), presence: .required, examples: ["/etc/config"]),
            Field(
                key: "value", title: "Value",
                description: "The content, exactly as it is written.",
                type: .text(.any), examples: ["{\"feature\": true}\n"]),
            Field(
                key: "valueFrom", title: "Value from",
                description: "The file in the source dir, or the secret, that holds the content. Not together "
                    + "with value.",
                type: .mapping(fileSource)),
        ],
        rules: [.one("value", "valueFrom", lack: .missingValue, noValue)],
        inspection: .file,
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
        title: "Source of a file",
        description: "Where the content of a file comes from.",
        fields: [
            Field(
                key: "path", title: "Path",
                description: "A file whose text is the content. The path is relative to this file and stays inside "
                    + "the source dir.",
                type: .file, allowsEmpty: false, examples: ["config/app.json"]),
            secretKeyReferenceField(presence: .optional),
        ],
        rules: [
            .one("path", "secretKeyRef", lack: .missingChoice, "either 'path' or 'secretKeyRef' must be set")
        ],
        refusedKeys: ["configMapKeyRef": "a Workload refers to no ConfigMap; write 'path', 'secretKeyRef' or 'value'"])

    private static func secretKeyReferenceField(presence: Field.Presence) -> Field {
        Field(
            key: "secretKeyRef", title: "Secret key reference",
            description: "The OpenChoreo SecretReference, and the key in it, that hold the value.",
            type: .mapping(secretKeyReference), presence: presence,
            examples: [["name": "db-credentials", "key": "password"]])
    }

    private static let secretKeyReference = Schema(
        name: "secretKeyReference",
        title: "Secret key reference",
        description: "A key of an OpenChoreo SecretReference.",
        fields: [
            Field(
                key: "name", title: "SecretReference",
                description: "The name of the SecretReference, an object of OpenChoreo; not that of a Secret.",
                type: .text(.objectName), presence: .required, examples: ["db-credentials"]),
            Field(
                key: "key", title: "Key", description: "The key in the SecretReference.", type: .text(.dataKey),
                presence: .required, examples: ["password"]),
        ])
}
