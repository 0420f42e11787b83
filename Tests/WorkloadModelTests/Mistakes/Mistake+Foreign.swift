extension Mistake {
    /// Files of other formats, each of which is one error.
    static let foreign: [Mistake] = [
        Mistake(
            "a rendered Workload",
            """
            apiVersion: openchoreo.dev/v1alpha1
            kind: Workload
            metadata: {name: api-workload, namespace: default}
            spec:
              owner: {projectName: shop, componentName: api}
              container: {image: "registry.example.com/shop/api:1"}

            """,
            """
            2:1: error: this is not a descriptor but a Workload manifest; send it with 'apply', or write a \
            descriptor
            """),
        Mistake(
            "the body of a Workload",
            """
            metadata: {name: api-workload, namespace: default}
            spec:
              container: {image: "registry.example.com/shop/api:1"}

            """,
            """
            2:1: error: this is not a descriptor but the body of a Workload; write a descriptor: endpoints, \
            dependencies, configurations
            """),
        Mistake(
            "a Deployment",
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api}
            spec: {replicas: 1}

            """,
            """
            2:1: error: this is not a descriptor but a Kubernetes manifest of kind 'Deployment'; send it with \
            'apply', or write a descriptor
            """),
        Mistake(
            "a Component",
            """
            apiVersion: openchoreo.dev/v1alpha1
            kind: Component
            metadata: {name: api}

            """,
            """
            2:1: error: this is not a descriptor but a Kubernetes manifest of kind 'Component'; send it with \
            'apply', or write a descriptor
            """),
        Mistake(
            "a Score file",
            """
            apiVersion: score.dev/v1b1
            metadata: {name: api}
            containers: {main: {image: .}}
            service: {ports: {web: {port: 80}}}

            """,
            """
            1:1: error: this is not a descriptor but a Score file; write its ports as 'endpoints', its variables \
            and files as 'configurations'
            """),
        Mistake(
            "a Compose file",
            """
            version: "3"
            services:
              api: {image: api, ports: ["80:80"]}

            """,
            """
            2:1: error: this is not a descriptor but a Compose file; write a workload.yaml for each of its services
            """),
        Mistake(
            "a component.yaml of Choreo",
            """
            schemaVersion: "1.2"
            endpoints:
              - {name: api, service: {port: 80}, type: REST, networkVisibilities: [Public]}

            """,
            """
            1:1: error: this is not a descriptor but Choreo's component.yaml; write 'apiVersion: \
            openchoreo.dev/v1alpha1' in its place and keep the endpoints, whose former keys are shown then
            """),
        Mistake(
            "a component.yaml of an older Choreo",
            """
            apiVersion: core.choreo.dev/v1beta1
            kind: ComponentConfig
            spec: {inbound: []}

            """,
            """
            1:1: error: this is not a descriptor but Choreo's component.yaml; write its endpoints and connections \
            as a descriptor's
            """),
        Mistake(
            "an endpoints.yaml of Choreo",
            """
            version: "0.1"
            endpoints:
              - {name: api, port: 80, type: REST}

            """,
            """
            1:1: error: this is not a descriptor but Choreo's endpoints.yaml; write 'apiVersion: \
            openchoreo.dev/v1alpha1' in its place and keep the endpoints, whose former keys are shown then
            """),
        Mistake(
            "a Helm template",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - name: {{ .Values.name }}-api
                port: {{ .Values.port }}
                type: HTTP

            """,
            """
            3:11: error: what stands in '{{ }}' was not filled in; this file is a template, so render it first
            """),
        Mistake(
            "a Helm template that begins with a condition",
            """
            {{- if .Values.enabled }}
            apiVersion: openchoreo.dev/v1alpha1
            {{- end }}

            """,
            """
            1:1: error: what stands in '{{ }}' was not filled in; this file is a template, so render it first
            """),
        Mistake(
            "a Helm template with a line of its own",
            """
            apiVersion: openchoreo.dev/v1alpha1
            {{ include "endpoints" . }}
            dependencies: {}

            """,
            """
            2:1: error: what stands in '{{ }}' was not filled in; this file is a template, so render it first
            """),
        Mistake(
            "one value that was not filled in",
            """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: api, type: HTTP, port: {{ .Values.port }} }

            """,
            """
            3:35: error: what stands in '{{ }}' was not filled in; this file is a template, so render it first
            """),
    ]
}
