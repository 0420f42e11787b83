public import ControlPlaneAccess
import HTTP
import JSON
import Objects

/// A refusal of the Kubernetes API and what explains it.
public struct KubernetesRefusal: Error, Sendable {
    /// Why it refused, as far as the response says.
    public enum Reason: Sendable, Equatable {
        /// The group, version or kind is not served: its definition is missing.
        case notServed
        /// The namespace is not there.
        case missingNamespace
        /// The namespace is being deleted.
        case endingNamespace
        /// A quota is exhausted.
        case quota
        /// Other managers own these fields.
        case fieldConflict([FieldConflict])
        /// Something else, which the text says.
        case other
    }

    /// A field that another manager owns.
    public struct FieldConflict: Sendable, Hashable {
        /// Where it is: `.spec.container.image`.
        public let field: String
        /// The other manager, as it called itself.
        public let manager: String
    }

    /// What the API said.
    public let refusal: Refusal
    /// Why.
    public let reason: Reason
    /// The verb and the resource that the request takes the right for: `update workloads.openchoreo.dev`.
    public let right: String
}

/// The Status objects of the Kubernetes API.
struct KubernetesDialect: APIDialect {
    /// Its message, or each of its causes with its field; a cause without a field only says that there may be more.
    func reading(of body: JSONValue) -> ErrorBody? {
        guard body["kind"] == "Status", let message = body["message"]?.string else {
            return CommonDialect().reading(of: body)
        }
        let causes = (body["details"]?["causes"]?.array ?? []).compactMap { cause -> String? in
            guard let field = cause["field"]?.string, field != "<nil>", let text = cause["message"]?.string else {
                return nil
            }
            return field.isEmpty ? text : "\(field): \(text)"
        }
        let marker = " is invalid: "
        guard body["reason"] == "Invalid", !causes.isEmpty, let end = message.firstRange(of: marker) else {
            return (body["reason"]?.string, message)
        }
        return ("Invalid", message[..<end.upperBound] + causes.joined(separator: "; "))
    }

    /// Not where the object itself is what the server cannot take, for which it has no better status than 500.
    func isTemporary(_ response: HTTPResponse) -> Bool { !response.isPermanentFailure }
}

extension HTTPResponse {
    /// Whether this is a 500 that another try would not change.
    var isPermanentFailure: Bool {
        guard status == 500, let message = (try? JSONValue(parsing: body))?["message"]?.string else { return false }
        return [
            "failed to create typed patch object", "etcdserver: request is too large",
            "trying to send message larger than max", "denied the request",
        ].contains { message.contains($0) }
    }

    /// Why the API refused.
    var kubernetesReason: KubernetesRefusal.Reason {
        guard let status = try? JSONValue(parsing: body), status["kind"] == "Status" else {
            let isNotServed = self.status == 404 && body.starts(with: "404 page not found".utf8)
            return isNotServed ? .notServed : .other
        }
        let causes = status["details"]?["causes"]?.array ?? []
        switch self.status {
        case 403 where causes.contains { $0["reason"] == "NamespaceTerminating" }: return .endingNamespace
        case 403 where status["message"]?.string?.contains("exceeded quota: ") == true: return .quota
        case 404 where status["details"]?["kind"] == "namespaces":
            // Unless it is the object itself.
            let name = status["details"]?["name"]?.string ?? ""
            return request.url.path.hasSuffix("/namespaces/\(name)") ? .other : .missingNamespace
        case 409 where causes.contains { $0["reason"] == "FieldManagerConflict" }:
            return .fieldConflict(causes.map(KubernetesRefusal.FieldConflict.init))
        default: return .other
        }
    }
}

extension KubernetesRefusal.FieldConflict {
    /// A cause like `conflict with "kubectl" with subresource "status" using apps/v1 at …`; where it names no manager its whole
    /// message is taken for one, which is never the own.
    fileprivate init(_ cause: JSONValue) {
        let message = cause["message"]?.string ?? ""
        let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
        field = cause["field"]?.string ?? ""
        manager = parts.count > 2 ? String(parts[1]) : message
    }
}
