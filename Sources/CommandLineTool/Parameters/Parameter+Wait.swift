import OpenChoreo

/// What a run waits for after it has published.
enum WaitGoal: String, ParameterWord {
    case released, ready

    /// The same for the store.
    var goal: RolloutGoal { self == .released ? .released : .ready }
}

extension Parameter {
    static let wait = Parameter(
        "--wait", .choice(WaitGoal.words, bare: WaitGoal.ready.rawValue), env: ["WAIT"],
        "Wait until what was published is released, or (ready) runs wherever it is bound")
}
