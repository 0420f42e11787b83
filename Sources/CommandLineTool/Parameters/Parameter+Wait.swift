import OpenChoreo

/// What a run waits for after it has published.
enum WaitGoal: String, ParameterWord {
    case released, ready

    /// The same for the store.
    var goal: RolloutGoal { self == .released ? .released : .ready }
}

extension Parameter {
    static let wait = Parameter(
        flag: "--wait", variables: ["WAIT"], argument: .optionalChoice(WaitGoal.words, bare: WaitGoal.ready.rawValue),
        defaultNote: "off",
        summary: "Wait until what was published is released, or (ready) runs wherever it is bound")
}

extension ParameterReader {
    /// Notes a wait that was asked for of a store in which nothing is seen to become of a Workload.
    mutating func refuseWait() {
        guard values.text(.wait) != nil else { return }
        report(.wait, "only the OpenChoreo API says what becomes of a Workload; leave it out")
    }
}
