extension Mistake {
    /// Mistakes about ports.
    static let port: [Mistake] = [
        Mistake(
            "a port out of range",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 0
                type: HTTP
                targetPort: 65536

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found 0
            6:17: error: 'targetPort' must be an integer from 1 to 65535, found 65536
            """),
        Mistake(
            "a negative port",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: -80
                type: HTTP

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found -80
            """),
        Mistake(
            "a port beyond any integer",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 99999999999999999999
                type: HTTP

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found 99999999999999999999
            """),
        Mistake(
            "a quoted port",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: "8080"
                type: HTTP

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found the text '8080'; remove the quotes
            """),
        Mistake(
            "a port in hexadecimal and one in octal",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 0x1F90
                type: HTTP
                targetPort: 0o17

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found 0x1F90; write 8080
            6:17: error: 'targetPort' must be an integer from 1 to 65535, found 0o17; write 15
            """),
        Mistake(
            "a port with a leading zero",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 010
                type: HTTP

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found 010; write it without a leading zero, \
            which some parsers read as octal
            """),
        Mistake(
            "ports with a fraction and an exponent",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8080.0
                type: HTTP
                targetPort: 8e3

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found the number 8080.0; write 8080
            6:17: error: 'targetPort' must be an integer from 1 to 65535, found the number 8e3
            """),
        Mistake(
            "a port with an underscore",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 8_080
                type: HTTP

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found the text '8_080'
            """),
        Mistake(
            "a port mapping of Docker",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: 80:8080
                type: HTTP

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found the text '80:8080'
            """),
        Mistake(
            "a port that is a boolean and one that is a list",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: api
                port: yes
                type: HTTP
                targetPort: [80]

            """,
            """
            4:11: error: 'port' must be an integer from 1 to 65535, found the text 'yes'
            6:17: error: 'targetPort' must be an integer from 1 to 65535, found a list
            """),
    ]
}
