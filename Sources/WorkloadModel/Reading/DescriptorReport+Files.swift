public import Checkout
import YAML

extension DescriptorReport {
    /// A report of one problem with the file as a whole, reported at its start.
    private init(_ rule: DiagnosticRule, _ message: String, suggestion: String? = nil) {
        diagnostics = [Diagnostic(rule, at: YAMLMark(line: 1, column: 1), suggestion: suggestion, message)]
        errorCount = rule.severity == .error ? 1 : 0
        warningCount = 1 - errorCount
    }

    /// The report of a descriptor that cannot be read.
    public init(unreadable error: SourceTreeError) {
        self.init(DiagnosticRule(error), error.description)
    }

    /// The report of a folder that may hold descriptors and cannot be searched.
    public init(notSearched error: SourceTreeError) {
        self.init(.folderNotSearched, "not searched for descriptors: \(error)")
    }

    /// The report of a file that was probably meant to be the descriptor of its folder.
    public static let misnamed = DescriptorReport(
        .misnamedDescriptor, "this file is not read; rename it to workload.yaml", suggestion: "workload.yaml")

    /// The same report with every warning as an error, so that there is neither a descriptor nor a Workload where it warns.
    public var strict: DescriptorReport {
        var strict = self
        if errorCount + warningCount > 0 { (strict.descriptor, strict.workload) = (nil, nil) }
        for index in diagnostics.indices { strict.diagnostics[index].severity = .error }
        (strict.errorCount, strict.warningCount) = (errorCount + warningCount, 0)
        return strict
    }
}
