extension Mistake {
    /// Letter case, former spellings, keys in the wrong place and words of other formats.
    static let former: [Mistake] = [
        Mistake(
            "keys in other letter cases",
            """
            APIVersion: openchoreo.dev/v1alpha1
            Endpoints:
              - Name: api
                PORT: 8080
                Type: HTTP
                SchemaFilePath: openapi.yaml
            dependencies:
              Resources:
                - Ref: db
                  envbindings: {URL: DATABASE_URL, url: OTHER_URL}
            Configurations:
              ENV:
                - {NAME: A, VALUE: x}

            """,
            """
            1:1: warning: 'APIVersion' is read as 'apiVersion'; write 'apiVersion'
            2:1: warning: 'Endpoints' is read as 'endpoints'; write 'endpoints'
            3:5: warning: 'Name' is read as 'name'; write 'name'
            4:5: warning: 'PORT' is read as 'port'; write 'port'
            5:5: warning: 'Type' is read as 'type'; write 'type'
            6:5: warning: 'SchemaFilePath' is the former name of 'schemaFile', as which it is read; write \
            'schemaFile'
            8:3: warning: 'Resources' is read as 'resources'; write 'resources'
            9:7: warning: 'Ref' is read as 'ref'; write 'ref'
            10:7: warning: 'envbindings' is read as 'envBindings'; write 'envBindings'
            11:1: warning: 'Configurations' is read as 'configurations'; write 'configurations'
            12:3: warning: 'ENV' is read as 'env'; write 'env'
            13:8: warning: 'NAME' is read as 'name'; write 'name'
            13:17: warning: 'VALUE' is read as 'value'; write 'value'
            """),
        Mistake(
            "two spellings of one key",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                Port: 8081
                type: HTTP
                schemaFilePath: openapi.yaml
                schemaFile: openapi.yaml

            """,
            """
            5:5: error: duplicate key 'port' ('Port' is read as it), which line 4 has already; remove one of \
            them
            7:5: warning: 'schemaFilePath' is the former name of 'schemaFile', as which it is read; write \
            'schemaFile'
            8:5: error: duplicate key 'schemaFile', which line 7 has already; remove one of them
            """),
        Mistake(
            "a spelling that gives way to the entry's own",
            """
            apiVersion: openchoreo.dev/v1alpha1
            x-base: &base {Port: 80, type: TCP}
            endpoints:
              - {<<: *base, name: api, port: 8080}

            """,
            """
            2:16: warning: 'Port' is read as 'port'; write 'port'
            """),
        Mistake(
            "keys that are the author's own",
            """
            apiVersion: openchoreo.dev/v1alpha1
            x-team: shop
            metadata:
              name: api
              Name: other
              labels: {a: b}

            """,
            ""),
        Mistake(
            "an endpoint with a service",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                type: REST
                service:
                  port: 8080
                  basePath: /api

            """,
            """
            4:11: warning: 'REST' is the former name of 'HTTP'; write 'HTTP', which is sent
            5:5: warning: 'service' is the form of a former version; write its 'port' and 'basePath' in its \
            place, without it
            """),
        Mistake(
            "a service beside its port, and one with more in it",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: a, type: HTTP, port: 80, service: {port: 81}}
              - {name: b, type: HTTP, port: 82, service: {basePath: /, host: x}}

            """,
            """
            3:37: warning: 'service' is the form of a former version; write its 'port' and 'basePath' in its \
            place, without it
            3:47: error: duplicate key 'port', which line 3 has already; remove one of them
            4:37: warning: 'service' is the form of a former version; write its 'port' and 'basePath' in its \
            place, without it
            4:60: warning: unknown key 'host', nothing of it is sent; its place is \
            'dependencies.endpoints[].envBindings.host'
            """),
        Mistake(
            "visibilities of a former version",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: a, type: HTTP, port: 80, networkVisibilities: [Public, Organization, Project]}
              - {name: b, type: HTTP, port: 81, networkVisibilities: Public}
              - {name: c, type: HTTP, port: 82, networkVisibilities: [Everyone]}
              - {name: d, type: HTTP, port: 83, networkVisibilities: [Public], visibility: []}

            """,
            """
            3:37: warning: 'networkVisibilities' is the key of a former version and is not read, because it may \
            open the endpoint to others; write 'visibility: [external, namespace, project]' if that is meant
            4:37: warning: 'networkVisibilities' is the key of a former version and is not read, because it may \
            open the endpoint to others; write 'visibility: [external]' if that is meant
            5:37: warning: 'networkVisibilities' is the key of a former version and is not read, because it may \
            open the endpoint to others; write 'visibility' with the words of today
            6:37: warning: 'networkVisibilities' is the key of a former version and is not read, because it may \
            open the endpoint to others; 'visibility' stands here, so remove it
            """),
        Mistake(
            "keys of another level",
            """
            apiVersion: openchoreo.dev/v1alpha1
            env: []
            name: api
            port: 8080
            endpoints:
              - {name: api, port: 80, type: HTTP, env: []}
            configurations:
              endpoints: []
              files:
                - {name: a, mountPath: /etc, path: app.json}
              env:
                - {name: A, secretKeyRef: {name: s, key: k}}

            """,
            """
            2:1: error: unknown key 'env'; its place is 'configurations.env'
            3:1: error: unknown key 'name'; its place is 'metadata.name'
            4:1: error: unknown key 'port'; its place is 'endpoints[].port'
            6:39: warning: unknown key 'env', nothing of it is sent; its place is 'configurations.env'
            8:3: warning: unknown key 'endpoints', nothing of it is sent; its place is the top
            10:7: warning: neither 'value' nor 'valueFrom' is set, so it is sent without a value; write 'value: \
            ""' if that is meant
            10:34: warning: unknown key 'path', nothing of it is sent; its place is \
            'configurations.files[].valueFrom.path'
            12:7: warning: neither 'value' nor 'valueFrom' is set, so it is sent without a value; write 'value: \
            ""' if that is meant
            12:17: warning: unknown key 'secretKeyRef', nothing of it is sent; its place is \
            'configurations.env[].valueFrom.secretKeyRef'
            """),
        Mistake(
            "a kind above a descriptor's own keys",
            """
            apiVersion: openchoreo.dev/v1alpha1
            kind: Workload
            metadata: {name: api}
            endpoints:
              - {name: api, port: 80, type: HTTP}

            """,
            """
            2:1: warning: a descriptor has no 'kind'; remove this line
            """),
        Mistake(
            "words of Kubernetes",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: api, containerPort: 80, type: HTTP}
            configurations:
              env:
                - {name: A, valueFrom: {configMapKeyRef: {name: c, key: k}}}
                - LOG_LEVEL=info
                - LOG_LEVEL
              files:
                - {name: a, mountPath: /etc, valueFrom: {configMapKeyRef: {name: c, key: k}}}

            """,
            """
            3:5: error: required key 'port' is missing
            3:17: warning: unknown key 'containerPort', nothing of it is sent; write 'port', and 'targetPort' \
            where the container listens at another one
            6:29: error: 'configMapKeyRef' cannot stand here; a Workload refers to no ConfigMap; write 'value' \
            or 'secretKeyRef'
            7:7: error: an entry of 'env' must be a mapping of keys and values, found the text 'LOG_LEVEL=info'; \
            write '- name: LOG_LEVEL' and 'value:' below it
            8:7: error: an entry of 'env' must be a mapping of keys and values, found the text 'LOG_LEVEL'
            10:46: error: 'configMapKeyRef' cannot stand here; a Workload refers to no ConfigMap; write 'path', \
            'secretKeyRef' or 'value'
            """),
        Mistake(
            "a binding read backwards",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              endpoints:
                - {component: inventory, name: api, visibility: project, envBindings: {INVENTORY_URL: address}}

            """,
            """
            4:76: warning: unknown key 'INVENTORY_URL', nothing of it is sent; the two have changed places, \
            write 'address: INVENTORY_URL'
            """),
        Mistake(
            "a key with another key's name as its value",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              endpoints:
                - {component: inventory, name: api, visibility: project, scope: project}

            """,
            """
            4:62: warning: unknown key 'scope', nothing of it is sent; the keys here are project, component, name, \
            visibility, envBindings
            """),
        Mistake(
            "a URL as a schema file",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: api, port: 80, type: HTTP, schemaFile: https://example.com/openapi.yaml}

            """,
            """
            3:51: error: 'schemaFile': URLs are not read; save the file beside the descriptor and write its path
            """),
    ]
}
