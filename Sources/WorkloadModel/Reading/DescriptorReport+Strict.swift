extension DescriptorReport {
    /// The same report with every warning as an error, so that there is neither a descriptor nor a Workload where it warns.
    public var strict: DescriptorReport {
        let isClean = errorCount + warningCount == 0
        return DescriptorReport(
            descriptor: isClean ? descriptor : nil, workload: isClean ? workload : nil,
            diagnostics: diagnostics.map {
                Diagnostic(
                    severity: .error, code: $0.code, message: $0.message, suggestion: $0.suggestion, line: $0.line,
                    column: $0.column)
            }, errorCount: errorCount + warningCount, warningCount: 0, fixes: fixes)
    }
}
