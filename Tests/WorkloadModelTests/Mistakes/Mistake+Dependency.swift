extension Mistake {
    /// Mistakes about dependencies and connections.
    static let dependency: [Mistake] = [
        Mistake(
            "dependencies as a list",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              - component: catalog
                endpoint: api

            """,
            """
            3:3: error: 'dependencies' must be a mapping of keys and values, found a list; write its entries \
            under 'dependencies.endpoints'
            """),
        Mistake(
            "a dependency without anything",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              endpoints:
                - envBindings: {}

            """,
            """
            4:7: error: required key 'component' is missing
            4:7: error: required key 'name' is missing
            4:7: error: required key 'visibility' is missing
            """),
        Mistake(
            "a dependency with the old word for its endpoint",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              endpoints:
                - {component: c, endpoint: api, visibility: project}

            """,
            """
            4:22: warning: 'endpoint' is the former name of 'name', as which it is read; write 'name'
            """),
        Mistake(
            "a visibility that a dependency cannot have",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              endpoints:
                - {component: c, name: api, visibility: external}

            """,
            """
            4:45: error: unknown value 'external' for 'visibility'; write project or namespace
            """),
        Mistake(
            "references that nothing can have",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              endpoints:
                - {project: My Project, component: c_1, name: API, visibility: project}

            """,
            """
            4:17: warning: 'project' should be at most 63 lower-case letters, digits and '-', with a letter or \
            digit at both ends, found 'My Project'
            4:40: warning: 'component' should be at most 63 lower-case letters, digits and '-', with a letter \
            or digit at both ends, found 'c_1'
            4:51: warning: 'name' should be at most 63 lower-case letters, digits and '-', with a letter or \
            digit at both ends, found 'API'
            """),
        Mistake(
            "a binding to a name that Kubernetes refuses",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              endpoints:
                - {component: c, name: api, visibility: project, envBindings: {address: A=B, url: U}}

            """,
            """
            4:77: error: 'address' must be printable ASCII characters without '=', found 'A=B'
            4:82: warning: unknown key 'url', nothing of it is sent; the keys here are address, host, port, \
            basePath
            """),
        Mistake(
            "connections of v1.0.0-rc.1",
            """
            apiVersion: openchoreo.dev/v1alpha1
            connections:
              - {component: c, name: api, visibility: project, envBindings: {address: A}}

            """,
            """
            2:1: warning: 'connections' is the name of a former version; write its entries under \
            'dependencies.endpoints'
            """),
        Mistake(
            "connections beside dependencies",
            """
            apiVersion: openchoreo.dev/v1alpha1
            connections: []
            dependencies:
              endpoints: []

            """,
            """
            2:1: error: 'connections' and 'dependencies.endpoints' exclude each other; move all entries to \
            'dependencies.endpoints'
            2:1: warning: 'connections' is the name of a former version; write its entries under \
            'dependencies.endpoints'
            """),
        Mistake(
            "connections before 1.0",
            """
            apiVersion: openchoreo.dev/v1alpha1
            connections:
              - name: catalog
                type: api
                params:
                  projectName: shop
                  componentName: catalog
                  endpoint: grpc-endpoint
                inject:
                  env:
                    - name: CATALOG_ADDRESS
                      value: "{{ .host }}:{{ .port }}"

            """,
            """
            2:1: warning: 'connections' is the name of a former version; write its entries under \
            'dependencies.endpoints'
            4:5: error: a connection as it was written before v1.0.0; write it under 'dependencies.endpoints' \
            as {project: shop, component: catalog, name: grpc-endpoint, visibility: project, envBindings: \
            {address: CATALOG_ADDRESS}}
            """),
        Mistake(
            "connections before 1.0 with nothing in them",
            """
            apiVersion: openchoreo.dev/v1alpha1
            connections:
              - type: api

            """,
            """
            2:1: warning: 'connections' is the name of a former version; write its entries under \
            'dependencies.endpoints'
            3:5: error: a connection as it was written before v1.0.0; write it under 'dependencies.endpoints' \
            as {component: COMPONENT, name: ENDPOINT, visibility: project, envBindings: {address: VARIABLE}}
            """),
        Mistake(
            "a resource twice",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              resources:
                - ref: db
                - ref: queue
                - ref: db

            """,
            """
            6:12: error: duplicate resource dependency 'db', which line 4 has already; remove or rename one of them
            """),
        Mistake(
            "a resource without ref",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              resources:
                - envBindings: {url: URL}

            """,
            """
            4:7: error: required key 'ref' is missing
            """),
        Mistake(
            "bindings of a resource that are empty or no text",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              resources:
                - ref: db
                  envBindings: {"": A, url: "", user: ~, list: [A]}
                  fileBindings: {ca: etc/ca.crt}

            """,
            """
            5:21: error: a name in 'envBindings' must not be empty
            5:33: error: 'url' in 'envBindings' must not be empty
            5:43: error: 'user' in 'envBindings' must be text, found nothing
            5:52: error: 'list' in 'envBindings' must be text, found a list; put it in quotes, or in a block \
            after '|'
            6:26: warning: 'ca' in 'fileBindings' should be an absolute path, beginning with '/', found \
            'etc/ca.crt'
            """),
        Mistake(
            "bindings of a resource as a list",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              resources:
                - ref: db
                  envBindings: [URL]

            """,
            """
            5:20: error: 'envBindings' must be a mapping of names to text, found a list
            """),
        Mistake(
            "51 dependency endpoints",
            "apiVersion: openchoreo.dev/v1alpha1\ndependencies:\n  endpoints:\n"
                + numbered { "    - {component: c, name: e\($0), visibility: project}\n" },
            """
            54:7: error: 'endpoints' has 51 entries, and the server takes at most 50; remove some
            """),
        Mistake(
            "51 resources",
            "apiVersion: openchoreo.dev/v1alpha1\ndependencies:\n  resources:\n" + numbered { "    - ref: r\($0)\n" },
            """
            54:7: error: 'resources' has 51 entries, and the server takes at most 50; remove some
            """),
        Mistake(
            "51 bindings",
            "apiVersion: openchoreo.dev/v1alpha1\ndependencies:\n  resources:\n    - ref: db\n      envBindings:\n"
                + numbered { "        o\($0): V\($0)\n" },
            """
            56:9: error: 'envBindings' has 51 entries, and the server takes at most 50; remove some
            """),
    ]
}
