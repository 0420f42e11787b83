extension Mistake {
    /// What a server takes and what breaks where the component runs.
    static let dataPlane: [Mistake] = [
        Mistake(
            "two endpoints on one port",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: api, port: 8080, type: HTTP}
              - {name: admin, port: 8080, targetPort: 9090, type: gRPC}
              - {name: probes, port: 8080, type: UDP}
              - {name: logs, port: 8080, type: UDP}

            """,
            """
            4:25: warning: TCP port 8080 is that of the endpoint 'api' in line 3 already, and only one of them \
            is reached there; give each its own 'port' (the 'targetPort' may be the same)
            6:24: warning: UDP port 8080 is that of the endpoint 'probes' in line 5 already, and only one of \
            them is reached there; give each its own 'port' (the 'targetPort' may be the same)
            """),
        Mistake(
            "variables that no ConfigMap can hold",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - {name: MY VAR, value: x}
                - {name: my.var-1_a, value: x}
                - {name: "a/b", value: x}

            """,
            """
            4:14: warning: 'name' should be letters, digits, '-', '_' and '.', found 'MY VAR': the data plane \
            cannot make a ConfigMap of it
            6:14: warning: 'name' should be letters, digits, '-', '_' and '.', found 'a/b': the data plane \
            cannot make a ConfigMap of it
            """),
        Mistake(
            "variables that env and a binding set",
            """
            apiVersion: openchoreo.dev/v1alpha1
            dependencies:
              endpoints:
                - {component: c, name: api, visibility: project, envBindings: {address: CATALOG_URL, host: HOST}}
                - {component: d, name: api, visibility: project, envBindings: {host: HOST}}
              resources:
                - {ref: db, envBindings: {url: DATABASE_URL}}
            configurations:
              env:
                - {name: CATALOG_URL, value: x}
                - {name: DATABASE_URL, value: x}
                - {name: OTHER, value: x}

            """,
            """
            5:74: warning: the variable 'HOST' is set in line 4 already, and one of the two is lost; remove or \
            rename one of them
            10:14: warning: the variable 'CATALOG_URL' is set in line 4 already, and one of the two is lost; \
            remove or rename one of them
            11:14: warning: the variable 'DATABASE_URL' is set in line 7 already, and one of the two is lost; \
            remove or rename one of them
            """),
        Mistake(
            "files whose names differ in punctuation alone",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - {name: a.txt, mountPath: /etc, value: x}
                - {name: a-txt, mountPath: /etc, value: x}
                - {name: A_txt, mountPath: /etc, value: x}
                - {name: atxt, mountPath: /etc, value: x}

            """,
            """
            5:14: warning: 'a-txt' and 'a.txt' in line 4 become one object in the data plane, and the content of \
            one is lost; give one of them another name
            6:14: warning: 'A_txt' and 'a.txt' in line 4 become one object in the data plane, and the content of \
            one is lost; give one of them another name
            """),
        Mistake(
            "files mounted into folders of their own names",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - {name: app.json, mountPath: /etc/config/app.json, value: x}
                - {name: b.json, mountPath: /etc/b.json//, value: x}
                - {name: c.json, mountPath: /c.json, value: x}
                - {name: d.json, mountPath: /etc/xd.json, value: x}

            """,
            """
            4:35: warning: 'mountPath' is a folder, so the file lands at '/etc/config/app.json/app.json'; write \
            '/etc/config'
            5:33: warning: 'mountPath' is a folder, so the file lands at '/etc/b.json/b.json'; write '/etc'
            6:33: warning: 'mountPath' is a folder, so the file lands at '/c.json/c.json'; write '/'
            """),
        Mistake(
            "files that describe other kinds of APIs",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: a, port: 1, type: gRPC, schemaFile: openapi.yaml}
              - {name: b, port: 2, type: HTTP, schemaFile: service.proto}
              - {name: c, port: 3, type: GraphQL, schemaFile: openapi.yaml}
              - {name: d, port: 4, type: HTTP, schemaFile: openapi.yaml}
              - {name: e, port: 5, type: TCP, schemaFile: openapi.yaml}
              - {name: f, port: 6, type: HTTP, schemaFile: app.json}

            """,
            """
            3:48: warning: an endpoint of the type gRPC is described by a protobuf file, and this file looks \
            like an OpenAPI file; name another file or another 'type'
            4:48: warning: an endpoint of the type HTTP is described by an OpenAPI file, and this file looks \
            like a protobuf file; name another file or another 'type'
            5:51: warning: an endpoint of the type GraphQL is described by a GraphQL schema, and this file looks \
            like an OpenAPI file; name another file or another 'type'
            """),
    ]
}
