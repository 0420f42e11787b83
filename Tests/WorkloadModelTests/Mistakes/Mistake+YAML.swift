extension Mistake {
    /// Mistakes about YAML itself.
    static let yaml: [Mistake] = [
        Mistake(
            "broken YAML",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints: [

            """,
            """
            3:1: error: this is not valid YAML: did not find expected node content while parsing a flow node
            """),
        Mistake(
            "a tab for indentation",
            "apiVersion: openchoreo.dev/v1alpha1\nendpoints:\n\t- name: api\n",
            """
            3:1: error: a tab cannot indent YAML; use spaces
            """),
        Mistake(
            "a key twice",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080
                type: HTTP
                port: 8081

            """,
            """
            6:5: error: duplicate key 'port', which line 4 has already; remove one of them
            """),
        Mistake(
            "two documents",
            """
            apiVersion: openchoreo.dev/v1alpha1
            ---
            apiVersion: openchoreo.dev/v1alpha1

            """,
            """
            2:1: error: a second document starts here, and one file holds one document; remove it
            """),
        Mistake(
            "an alias without its anchor",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints: *nowhere

            """,
            """
            2:12: error: no anchor &nowhere stands before this alias; define it first
            """),
        Mistake(
            "an alias inside its own value",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints: &all
              - *all

            """,
            """
            3:5: error: the alias *all stands inside the value it names; remove it
            """),
        Mistake(
            "a tag of another language",
            """
            apiVersion: openchoreo.dev/v1alpha1
            metadata: !!python/object:os.system {name: x}

            """,
            """
            2:11: error: the tag 'tag:yaml.org,2002:python/object:os.system' means nothing here; remove it
            """),
        Mistake(
            "nesting without end",
            "apiVersion: openchoreo.dev/v1alpha1\nmetadata: " + String(repeating: "[", count: 200) + "\n",
            """
            2:110: error: nested deeper than 100 levels; flatten it
            """),
        Mistake(
            "a list as a key",
            """
            apiVersion: openchoreo.dev/v1alpha1
            metadata: {[name]: shop}

            """,
            """
            2:12: error: a key must be text, not a list or a mapping
            """),
        Mistake(
            "a merge key with a text",
            """
            apiVersion: openchoreo.dev/v1alpha1
            metadata: {<<: shop}

            """,
            """
            2:12: error: the merge key << takes a mapping or a list of mappings
            """),
        Mistake(
            "everything at once",
            """
            endpoint: []
            endpoints:
              - name: api
                port: "80"
                type: htp
                port: 80
            configurations:
              env:
                - name: A

            """,
            """
            1:1: error: unknown key 'endpoint'; did you mean 'endpoints'?
            1:1: warning: 'apiVersion' is missing; write 'apiVersion: openchoreo.dev/v1alpha1'
            4:11: error: 'port' must be an integer from 1 to 65535, found the text '80'; remove the quotes
            5:11: error: unknown value 'htp' for 'type'; did you mean 'HTTP'?
            6:5: error: duplicate key 'port', which line 4 has already; remove one of them
            9:7: warning: neither 'value' nor 'valueFrom' is set, so it is sent without a value; write 'value: \
            ""' if that is meant
            """),
        Mistake(
            "aliases of one mistake",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - &e {name: api, port: 80, type: FTP, prot: 1}
              - *e
              - *e

            """,
            """
            3:36: error: unknown value 'FTP' for 'type'; write HTTP, gRPC, GraphQL, Websocket, TCP or UDP
            3:41: warning: unknown key 'prot', nothing of it is sent; did you mean 'port'?
            4:5: error: duplicate endpoint 'api', which line 3 has already; remove or rename one of them
            5:5: error: duplicate endpoint 'api', which line 3 has already; remove or rename one of them
            """),
        Mistake(
            "a merge key that brings an unknown key",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - &e {name: api, port: 80, type: TCP, prot: 1}
              - {<<: *e, name: other}

            """,
            """
            3:41: warning: unknown key 'prot', nothing of it is sent; did you mean 'port'?
            4:5: warning: TCP port 80 is that of the endpoint 'api' in line 3 already, and only one of them is \
            reached there; give each its own 'port' (the 'targetPort' may be the same)
            """),
        Mistake(
            "a key without the space behind it",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port:8080
                type: HTTP

            """,
            """
            4:9: error: write a space after 'port:'
            """),
        Mistake(
            "a first key without the space behind it",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - port:8080
                name: api
                type: HTTP

            """,
            """
            3:9: error: write a space after 'port:'
            """),
        Mistake(
            "a key without the space behind it in braces, and one alone",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: api, port:8080, type: HTTP}
              - port:8080

            """,
            """
            3:5: error: required key 'port' is missing
            3:17: warning: unknown key 'port:8080', nothing of it is sent; write a space after 'port:'
            4:5: error: an entry of 'endpoints' must be a mapping of keys and values, found the text \
            'port:8080'; write a space after 'port:'
            """),
        Mistake(
            "a no-break space behind a key",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port:\u{A0}8080
                type: HTTP

            """,
            """
            4:10: error: the character after 'port:' is not a plain space (U+00A0); write one
            """),
        Mistake(
            "the first line without its space",
            """
            apiVersion:openchoreo.dev/v1alpha1
            endpoints: []

            """,
            """
            1:11: error: write a space after 'apiVersion:'
            """),
        Mistake(
            "an entry without the space behind its hyphen",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              -name: rest
                port: 8080

            """,
            """
            3:3: error: write a space after the '-' that begins an entry
            """),
        Mistake(
            "a merge conflict",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
            <<<<<<< HEAD
              - {name: api, port: 80, type: HTTP}
            =======
              - {name: api, port: 81, type: HTTP}
            >>>>>>> feature

            """,
            """
            3:1: error: a merge conflict was left here; resolve it
            """),
        Mistake(
            "a quote that is never closed",
            """
            apiVersion: openchoreo.dev/v1alpha1
            metadata:
              name: "api
            endpoints: []

            """,
            """
            3:9: error: the quote that opens here is never closed
            """),
        Mistake(
            "a mapping value where none can stand",
            """
            apiVersion: openchoreo.dev/v1alpha1
            metadata:
              name: api: b

            """,
            """
            3:12: error: this is not valid YAML: mapping values are not allowed in this context
            """),
    ]
}
