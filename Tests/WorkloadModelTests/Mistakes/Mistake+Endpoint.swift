extension Mistake {
    /// Mistakes about endpoints.
    static let endpoint: [Mistake] = [
        Mistake(
            "an endpoint without anything",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {}

            """,
            """
            3:5: error: required key 'name' is missing
            3:5: error: required key 'port' is missing
            3:5: error: required key 'type' is missing
            """),
        Mistake(
            "required keys without values",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name:
                port: ~
                type: null

            """,
            """
            3:5: error: 'name' needs a value
            4:5: error: 'port' needs a value
            5:5: error: 'type' needs a value
            """),
        Mistake(
            "an empty name",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: ""
                port: 8080
                type: HTTP

            """,
            """
            3:11: error: 'name' must not be empty
            """),
        Mistake(
            "a type in lower case",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: http

            """,
            """
            5:11: error: unknown value 'http' for 'type'; did you mean 'HTTP'?
            """),
        Mistake(
            "a type that does not exist",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: FTP

            """,
            """
            5:11: error: unknown value 'FTP' for 'type'; write HTTP, gRPC, GraphQL, Websocket, TCP or UDP
            """),
        Mistake(
            "a type that was renamed",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: REST

            """,
            """
            5:11: warning: 'REST' is the former name of 'HTTP'; write 'HTTP', which is sent
            """),
        Mistake(
            "a type that was renamed, in lower case",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: rest

            """,
            """
            5:11: error: unknown value 'rest' for 'type'; did you mean 'HTTP'?
            """),
        Mistake(
            "a type that is a list",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: [HTTP]

            """,
            """
            5:11: error: 'type' must be HTTP, gRPC, GraphQL, Websocket, TCP or UDP, found a list
            """),
        Mistake(
            "two endpoints of one name",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
              - name: api
                port: 81
                type: TCP

            """,
            """
            6:11: error: duplicate endpoint 'api', which line 3 has already; remove or rename one of them
            """),
        Mistake(
            "an endpoint name that is no DNS label",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: Reading_List
                port: 8080
                type: HTTP

            """,
            """
            3:11: warning: 'name' should be at most 63 lower-case letters, digits and '-', with a letter or \
            digit at both ends, found 'Reading_List'
            """),
        Mistake(
            "an endpoint name of 64 characters",
            endpoint(named: String(repeating: "a", count: 64)),
            """
            3:11: warning: 'name' should be at most 63 lower-case letters, digits and '-', with a letter or \
            digit at both ends, found 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
            """),
        Mistake(
            "an endpoint name of 2000 characters",
            endpoint(named: String(repeating: "a", count: 2000)),
            """
            3:11: error: 'name' must have at most 1024 bytes, found 2000: \
            'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
            """),
        Mistake(
            "a visibility twice",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                visibility: [external, project, external]

            """,
            """
            6:37: error: 'external' stands in 'visibility' twice; remove one of them
            """),
        Mistake(
            "a visibility that does not exist",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                visibility: [External, public]

            """,
            """
            6:18: error: unknown value 'External' for an entry of 'visibility'; did you mean 'external'?
            6:28: error: unknown value 'public' for an entry of 'visibility'; did you mean 'external'?
            """),
        Mistake(
            "a visibility that is no list",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                visibility: external

            """,
            """
            6:17: error: 'visibility' must be a list, found the text 'external'; begin each entry with '- '
            """),
        Mistake(
            "a visibility that is null",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                visibility: [~]

            """,
            """
            6:18: error: an entry of 'visibility' must be project, namespace, internal or external, found \
            nothing
            """),
        Mistake(
            "a context",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                context: {any: thing}

            """,
            """
            6:5: warning: 'context' is not sent, for a Workload has no place for it; remove it
            """),
        Mistake(
            "a schema file that is missing",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                schemaFile: ../secrets/token

            """,
            """
            6:17: error: 'schemaFile': '../secrets/token' does not exist; write the path relative to the \
            descriptor's folder
            """),
        Mistake(
            "a schema file that is not UTF-8",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                schemaFile: latin1.txt

            """,
            """
            6:17: error: 'schemaFile': 'latin1.txt' is not UTF-8 text; save it as UTF-8
            """),
        Mistake(
            "a schema file that is too large",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                schemaFile: huge.txt

            """,
            """
            6:17: error: 'schemaFile': 'huge.txt' is too large: 1572865 bytes or more, and at most 1536 KiB \
            is read; shorten it
            """),
        Mistake(
            "a schema file that is a mapping",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                schemaFile: {path: openapi.yaml}

            """,
            """
            6:17: error: 'schemaFile' must be text, found a mapping; put it in quotes, or in a block after '|'
            """),
        Mistake(
            "a schema file with a path beyond every path",
            endpoint(named: "api") + "    schemaFile: " + String(repeating: "a", count: 5000) + "\n",
            """
            6:17: error: 'schemaFile' must have at most 4096 bytes, found 5000: \
            'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
            """),
    ]
}
