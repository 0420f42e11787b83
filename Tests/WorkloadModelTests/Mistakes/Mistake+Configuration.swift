extension Mistake {
    /// Mistakes about environment variables and files.
    static let configuration: [Mistake] = [
        Mistake(
            "neither value nor valueFrom",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - name: A
                - name: B
                  valueFrom:
              files:
                - name: c
                  mountPath: /etc

            """,
            """
            4:7: warning: neither 'value' nor 'valueFrom' is set, so it is sent without a value; write 'value: \
            ""' if that is meant
            5:7: warning: neither 'value' nor 'valueFrom' is set, so it is sent without a value; write 'value: \
            ""' if that is meant
            8:7: warning: neither 'value' nor 'valueFrom' is set, so it is sent without a value; write 'value: \
            ""' if that is meant
            """),
        Mistake(
            "both value and valueFrom",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - name: A
                  valueFrom: {secretKeyRef: {name: s, key: k}}
                  value: x
                - name: B
                  value: ""
                  valueFrom: {secretKeyRef: {name: s, key: k}}

            """,
            """
            6:7: error: 'value' and 'valueFrom' exclude each other; remove one of them
            9:7: error: 'value' and 'valueFrom' exclude each other; remove one of them
            """),
        Mistake(
            "empty values",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - name: A
                  value: ""
                - name: B
                  value:
                - name: C
                  value: ~
                  valueFrom: ~

            """,
            ""),
        Mistake(
            "an empty file as content",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - name: a
                  mountPath: /a
                  valueFrom: {path: empty.txt}

            """,
            """
            5:18: warning: 'mountPath' is a folder, so the file lands at '/a/a'; write '/'
            """),
        Mistake(
            "a path on an environment variable",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - name: A
                  valueFrom: {path: app.json}

            """,
            """
            5:19: error: 'path' cannot stand here; write 'value' or 'secretKeyRef', or put the file under \
            'configurations.files'
            """),
        Mistake(
            "an environment variable from a configuration group",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - name: A
                  valueFrom: {configurationGroupRef: {name: g, key: k}}

            """,
            """
            5:18: error: required key 'secretKeyRef' is missing
            5:19: warning: unknown key 'configurationGroupRef', nothing of it is sent; the only key here is \
            secretKeyRef
            """),
        Mistake(
            "a secret without its parts",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - name: A
                  valueFrom: {secretKeyRef: {}}
                - name: B
                  valueFrom: {secretKeyRef: {name: "", key: }}

            """,
            """
            5:33: error: required key 'name' is missing
            5:33: error: required key 'key' is missing
            7:40: error: 'name' must not be empty
            7:44: error: 'key' needs a value
            """),
        Mistake(
            "names that Kubernetes refuses for secrets",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - name: A
                  valueFrom: {secretKeyRef: {name: My_Secret, key: a/b}}
                - name: B
                  valueFrom: {secretKeyRef: {name: a..b, key: ..}}

            """,
            """
            5:40: error: 'name' must be lower-case letters, digits, '-' and '.', with a letter or digit at both \
            ends of each part, found 'My_Secret'
            5:56: error: 'key' must be letters, digits, '-', '_' and '.', and neither '.' nor beginning with \
            '..', found 'a/b'
            7:40: error: 'name' must be lower-case letters, digits, '-' and '.', with a letter or digit at both \
            ends of each part, found 'a..b'
            7:51: error: 'key' must be letters, digits, '-', '_' and '.', and neither '.' nor beginning with \
            '..', found '..'
            """),
        Mistake(
            "names that Kubernetes refuses for variables",
            #"""
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - {name: A=B, value: x}
                - {name: "Ä", value: x}
                - {name: "A\tB", value: x}
                - {name: "", value: x}

            """#,
            #"""
            4:14: error: 'name' must be printable ASCII characters without '=', found 'A=B'
            5:14: error: 'name' must be printable ASCII characters without '=', found 'Ä'
            6:14: error: 'name' must be printable ASCII characters without '=', found 'A\tB'
            7:14: error: 'name' must not be empty
            """#),
        Mistake(
            "variables of one name",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - {name: A, value: x}
                - {name: B, value: x}
                - {name: A, value: y}
                - {name: A, value: z}

            """,
            """
            6:14: error: duplicate environment variable 'A', which line 4 has already; remove or rename one of them
            7:14: error: duplicate environment variable 'A', which line 4 has already; remove or rename one of them
            """),
        Mistake(
            "variables that differ in case alone, which is no mistake",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - {name: a, value: x}
                - {name: A, value: x}

            """,
            ""),
        Mistake(
            "the Workload's word for a name",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - {key: A, value: x}

            """,
            """
            4:8: warning: 'key' is the former name of 'name', as which it is read; write 'name'
            """),
        Mistake(
            "variables as a mapping",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                LOG_LEVEL: info

            """,
            """
            4:5: error: 'env' must be a list, found a mapping; begin each entry with '- name: '
            """),
        Mistake(
            "a value that is a list",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              env:
                - {name: A, value: [x]}

            """,
            """
            4:24: error: 'value' must be text, found a list; put it in quotes, or in a block after '|'
            """),
        Mistake(
            "a file with path and secret",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - name: a
                  mountPath: /etc
                  valueFrom: {path: app.json, secretKeyRef: {name: s, key: k}}

            """,
            """
            6:35: error: 'path' and 'secretKeyRef' exclude each other; remove one of them
            """),
        Mistake(
            "a file from nothing",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - {name: a, mountPath: /etc, valueFrom: {}}
                - {name: b, mountPath: /etc, valueFrom: {path: }}
                - {name: c, mountPath: /etc, valueFrom: {path: ""}}

            """,
            """
            4:45: error: either 'path' or 'secretKeyRef' must be set
            5:45: error: either 'path' or 'secretKeyRef' must be set
            6:52: error: 'path' must not be empty
            """),
        Mistake(
            "a file from a path that is missing",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - {name: a, mountPath: /etc, valueFrom: {path: /etc/passwd}}

            """,
            """
            4:52: error: 'path': '/etc/passwd' does not exist; write the path relative to the \
            descriptor's folder
            """),
        Mistake(
            "names that Kubernetes refuses for files",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - {name: a/b, mountPath: /etc, value: x}
                - {name: ..data, mountPath: /etc, value: x}
                - {name: ., mountPath: /etc, value: x}

            """,
            """
            4:14: error: 'name' must be letters, digits, '-', '_' and '.', and neither '.' nor beginning with \
            '..', found 'a/b'
            5:14: error: 'name' must be letters, digits, '-', '_' and '.', and neither '.' nor beginning with \
            '..', found '..data'
            6:14: error: 'name' must be letters, digits, '-', '_' and '.', and neither '.' nor beginning with \
            '..', found '.'
            """),
        Mistake(
            "files of one name",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - {name: a, mountPath: /etc, value: x}
                - {name: a, mountPath: /opt, value: x}

            """,
            """
            5:14: error: duplicate file 'a', which line 4 has already; remove or rename one of them
            """),
        Mistake(
            "mount paths that are not absolute or empty",
            """
            apiVersion: openchoreo.dev/v1alpha1
            configurations:
              files:
                - {name: a, mountPath: etc/app, value: x}
                - {name: b, mountPath: "", value: x}

            """,
            """
            4:28: warning: 'mountPath' should be an absolute path, beginning with '/', found 'etc/app'
            5:28: error: 'mountPath' must not be empty
            """),
    ]
}
