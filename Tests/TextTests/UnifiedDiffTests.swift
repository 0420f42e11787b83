import Testing
import Text

@Suite struct UnifiedDiffs {
    private func diff(_ old: String, _ new: String) -> String {
        UnifiedDiff(from: old, named: "a", to: new, named: "b").text
    }

    @Test func `a diff of the same text is empty`() {
        #expect(diff("a\nb\n", "a\nb\n") == "")
        #expect(diff("", "") == "")
    }

    @Test func `a diff shows changes with three lines around them, far ones in hunks of their own`() {
        let old = (1...20).map { "line \($0)\n" }
        var new = old
        new[4] = "changed\n"
        new[17] = ""
        new.append("more\n")
        let expected = """
            --- a
            +++ b
            @@ -2,7 +2,7 @@
             line 2
             line 3
             line 4
            -line 5
            +changed
             line 6
             line 7
             line 8
            @@ -15,6 +15,6 @@
             line 15
             line 16
             line 17
            -line 18
             line 19
             line 20
            +more

            """
        #expect(diff(old.joined(), new.joined()) == expected)
    }

    @Test func `a diff names the line before an empty side`() {
        #expect(diff("", "x\ny\n") == "--- a\n+++ b\n@@ -0,0 +1,2 @@\n+x\n+y\n")
        #expect(diff("x\n", "") == "--- a\n+++ b\n@@ -1,1 +0,0 @@\n-x\n")
    }

    @Test func `a diff shows what is only canonically equivalent`() {
        #expect(diff("\u{E9}\n", "e\u{301}\n") == "--- a\n+++ b\n@@ -1,1 +1,1 @@\n-\u{E9}\n+e\u{301}\n")
    }

    @Test func `a diff replaces large parts whole instead of comparing them`() {
        let old = (1...3_000).map { "old \($0)\n" }.joined()
        let new = (1...3_000).map { "new \($0)\n" }.joined()
        let text = diff("same\n" + old + "end\n", "same\n" + new + "end\n")
        #expect(text.hasPrefix("--- a\n+++ b\n@@ -1,3002 +1,3002 @@\n same\n-old 1\n"))
        #expect(text.hasSuffix("+new 3000\n end\n"))
    }
}
