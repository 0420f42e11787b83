import ControlPlaneAccess
import Foundation
import HTTP
import MockControlPlane
import Redaction
import Synchronization
import Testing

/// One source of tokens for threads that each have their own client.
@Suite struct ASharedTokenSource {
    private let controlPlane: MockControlPlane
    private let tokens: TokenSource
    private let location: APILocation

    init() throws {
        controlPlane = try MockControlPlane.started()
        let client = MockControlPlane.OAuthClient.quickStart
        let oauth = OAuthClient(
            id: client.id, .post, .given(Secret(client.secret ?? "")), tokenURL: try HTTPURL(controlPlane.tokenURL),
            hostHeader: nil)
        tokens = TokenSource(.client(oauth), timing: .system, redactor: Redactor())
        location = APILocation(baseURL: try HTTPURL(controlPlane.baseURL), hostHeader: nil)
    }

    /// Reads a Workload that is not there in so many threads at once, and returns the statuses.
    private func statuses(threads count: Int) -> [Int] {
        let statuses = Mutex<[Int]>([])
        let group = DispatchGroup()
        for _ in 0..<count {
            group.enter()
            Thread.detachNewThread { [tokens, location] in
                defer { group.leave() }
                let api = APIClient(location, client: HTTPClient(), tokens: tokens)
                let request = location.request(.get, ["api", "v1", "namespaces", "n", "workloads", "x"])
                let status = (try? api.send(request))?.status ?? 0
                statuses.withLock { $0.append(status) }
            }
        }
        group.wait()
        return statuses.withLock { $0 }
    }

    @Test func `a shared token source asks for one token for all threads`() {
        #expect(statuses(threads: 8) == Array(repeating: 404, count: 8))
        #expect(controlPlane.requests(.token).count == 1)
    }

    @Test func `a shared token source renews a token that is refused once for all threads`() {
        #expect(statuses(threads: 1) == [404])
        controlPlane.revokeTokens()
        #expect(statuses(threads: 8) == Array(repeating: 404, count: 8))
        #expect(controlPlane.requests(.token).count == 2)
    }
}
