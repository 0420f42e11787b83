extension Mistake {
    /// Mistakes about the whole and about keys.
    static let shape: [Mistake] = [
        Mistake(
            "an empty file",
            "",
            """
            1:1: warning: the descriptor is empty, so the Workload holds the image alone
            """),
        Mistake(
            "only a comment",
            """
            # nothing yet

            """,
            """
            1:1: warning: the descriptor is empty, so the Workload holds the image alone
            """),
        Mistake(
            "null",
            """
            ~

            """,
            """
            1:1: warning: the descriptor is empty, so the Workload holds the image alone
            """),
        Mistake(
            "a list",
            """
            - name: api

            """,
            """
            1:1: error: a descriptor must be a mapping of keys and values, found a list
            """),
        Mistake(
            "a text",
            """
            hello

            """,
            """
            1:1: error: a descriptor must be a mapping of keys and values, found the text 'hello'
            """),
        Mistake(
            "no apiVersion",
            """
            metadata:
              name: x

            """,
            """
            1:1: warning: 'apiVersion' is missing; write 'apiVersion: openchoreo.dev/v1alpha1'
            """),
        Mistake(
            "an apiVersion without value",
            """
            apiVersion:

            """,
            """
            1:1: warning: 'apiVersion' is missing; write 'apiVersion: openchoreo.dev/v1alpha1'
            """),
        Mistake(
            "another apiVersion",
            """
            apiVersion: openchoreo.dev/v1

            """,
            """
            1:13: error: unknown value 'openchoreo.dev/v1' for 'apiVersion'; write openchoreo.dev/v1alpha1
            """),
        Mistake(
            "an unknown key with a near one",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                targetport: 80

            """,
            """
            6:5: warning: 'targetport' is read as 'targetPort'; write 'targetPort'
            """),
        Mistake(
            "an unknown key with swapped letters",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                prot: 8080
                type: HTTP

            """,
            """
            3:5: error: required key 'port' is missing
            4:5: warning: unknown key 'prot', nothing of it is sent; did you mean 'port'?
            """),
        Mistake(
            "unknown keys with nothing near",
            """
            apiVersion: openchoreo.dev/v1alpha1
            kind: Workload
            spec: {}

            """,
            """
            2:1: error: this is not a descriptor but a Workload manifest; send it with 'apply', or write a \
            descriptor
            """),
        Mistake(
            "keys of former versions",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                schemaFilePath: openapi.yaml
                networkVisibilities: [external]

            """,
            """
            6:5: warning: 'schemaFilePath' is the former name of 'schemaFile', as which it is read; write \
            'schemaFile'
            7:5: warning: 'networkVisibilities' is the key of a former version and is not read, because it may \
            open the endpoint to others; write 'visibility: [external]' if that is meant
            """),
        Mistake(
            "a key with control characters",
            #"""
            apiVersion: openchoreo.dev/v1alpha1
            "a\u001b[31m\u202e\n": 1

            """#,
            #"""
            2:1: error: unknown key 'a\u{1B}[31m\u{202E}\n'; the keys here are apiVersion, metadata, endpoints, \#
            dependencies, connections, configurations
            """#),
        Mistake(
            "a very long key",
            "apiVersion: openchoreo.dev/v1alpha1\n" + String(repeating: "x", count: 80) + ": 1\n",
            """
            2:1: error: unknown key 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'; the keys \
            here are apiVersion, metadata, endpoints, dependencies, connections, configurations
            """),
        Mistake(
            "a mapping where a list belongs",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              api:
                port: 80

            """,
            """
            3:3: error: 'endpoints' must be a list, found a mapping; begin each entry with '- name: '
            """),
        Mistake(
            "a list where a mapping belongs",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              - env: []

            """,
            """
            3:3: error: 'configurations' must be a mapping of keys and values, found a list
            """),
        Mistake(
            "text where a mapping belongs",
            """
            apiVersion: openchoreo.dev/v1alpha1
            metadata: reading-list

            """,
            """
            2:11: error: 'metadata' must be a mapping of keys and values, found the text 'reading-list'
            """),
        Mistake(
            "entries that are no mappings",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - api
              -
              - [80]
              - 5
              - true

            """,
            """
            3:5: error: an entry of 'endpoints' must be a mapping of keys and values, found the text 'api'
            4:4: error: an entry of 'endpoints' must be a mapping of keys and values, found nothing
            5:5: error: an entry of 'endpoints' must be a mapping of keys and values, found a list
            6:5: error: an entry of 'endpoints' must be a mapping of keys and values, found the number 5
            7:5: error: an entry of 'endpoints' must be a mapping of keys and values, found true
            """),
        Mistake(
            "a mapping where text belongs",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - name: a.json
                  mountPath: /etc
                  value: {"a": 1}

            """,
            """
            6:14: error: 'value' must be text, found a mapping; put it in quotes, or in a block after '|'
            """),
        Mistake(
            "a list where text belongs",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                displayName: [a]

            """,
            """
            6:18: error: 'displayName' must be text, found a list; put it in quotes, or in a block after '|'
            """),
    ]
}
