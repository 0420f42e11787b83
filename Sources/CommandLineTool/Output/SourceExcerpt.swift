import Text

/// A line of a descriptor as a terminal shows it, and the column under which a caret points to a place in it.
struct SourceExcerpt: Sendable, Equatable {
    /// The part of the line around the place; cut ends are marked by an ellipsis.
    let line: String
    /// How many columns of the terminal stand before the place.
    let caret: Int

    /// How many columns are shown before and behind the place.
    static let reach = 56

    /// Shows the line around `place`, which the characters at `before`, the nearest last, lead up to.
    init(of line: String, at place: String.Index, before: [String.Index]) {
        var text = ""
        var width = 0
        var start = place
        var shown: [DisplayCell] = []
        for index in before.reversed() {
            let cell = DisplayCell(line[index..<start])
            guard width + cell.width <= Self.reach else { break }
            shown.append(cell)
            width += cell.width
            start = index
        }
        if start > line.startIndex {
            text = "…"
            width += 1
        }
        text += shown.reversed().map(\.text).joined()
        caret = width
        var end = place
        var rest = Self.reach
        while end < line.endIndex {
            let next = line.index(after: end)
            let cell = DisplayCell(line[end..<next])
            guard cell.width <= rest else {
                text += "…"
                break
            }
            text += cell.text
            rest -= cell.width
            end = next
        }
        self.line = text
    }
}
