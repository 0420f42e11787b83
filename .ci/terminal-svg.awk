# What a terminal showed, colours included, as an SVG picture. Every run of one style is placed by its column, so that
# columns stay columns whatever fixed-width font the reader has. With `pause`, in seconds, it becomes a recording: each
# command that a prompt begins, and what it printed, appears so much later than the one before.

BEGIN {
    width = 0
    cell = 8.4
    height = 20
    left = 20
    top = 64
    # The styles that the program uses, by their numbers (ECMA-48, SGR).
    class["1"] = "b"
    class["2"] = "d"
    class["31"] = "r"
    class["32"] = "g"
    class["36"] = "c"
    class["1;31"] = "b r"
    class["1;32"] = "b g"
    class["1;33"] = "b y"
    escape = sprintf("%c", 27)
}

function columns(text) {
    gsub(/[\200-\277]/, "", text)
    return length(text)
}

function xml(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    return text
}

function place(text, style, column,    indent) {
    indent = match(text, /[^ ]/) - 1
    if (indent < 0) return
    text = substr(text, indent + 1)
    sub(/ +$/, "", text)
    picture = picture sprintf("<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\"%s>%s</text>\n", left + (column + indent) * cell, \
        top + (NR - 1) * height, columns(text) * cell, style == "" ? "" : " class=\"" style "\"", xml(text))
}

pause && index($0, escape "[2m$" escape "[0m ") == 1 {
    if (commands) picture = picture "</g>\n"
    picture = picture sprintf("<g style=\"animation-delay: %.1fs\">\n", commands++ * pause + 0.5)
    prompted = NR
}

pause && NR == prompted + 1 {
    picture = picture sprintf("</g>\n<g style=\"animation-delay: %.1fs\">\n", (commands - 1) * pause + 1.5)
}

{
    column = 0
    style = ""
    rest = $0
    while (rest != "") {
        start = match(rest, escape "\\[[0-9;]*m")
        end = start + RLENGTH
        run = start ? substr(rest, 1, start - 1) : rest
        place(run, style, column)
        column += columns(run)
        if (!start) break
        code = substr(rest, start + 2, end - start - 3)
        rest = substr(rest, end)
        if (code != "" && code != "0" && !(code in class)) {
            print "no style is known for the colour " code > "/dev/stderr"
            failed = 1
            exit 1
        }
        style = class[code]
    }
    if (column > width) width = column
}

END {
    if (failed) exit 1
    w = int(width * cell) + 2 * left
    h = top + NR * height
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" xml:space=\"preserve\">\n", w, h, w, h
    printf "<title>%s</title>\n", xml(title)
    print "<style>"
    print "text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #d6dbe1 }"
    print ".b { font-weight: bold } .d { fill: #8b949e } .r { fill: #ff7b72 } .g { fill: #7ee787 }"
    print ".c { fill: #79c0ff } .y { fill: #e3b341 }"
    if (pause) {
        print "g { opacity: 0; animation: appear 0.1s forwards } @keyframes appear { to { opacity: 1 } }"
        print "@media (prefers-reduced-motion: reduce) { g { opacity: 1; animation: none } }"
        picture = picture "</g>\n"
    }
    print "</style>"
    printf "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#161b22\"/>\n", w, h
    print "<circle cx=\"24\" cy=\"24\" r=\"6\" fill=\"#ff5f57\"/><circle cx=\"44\" cy=\"24\" r=\"6\" fill=\"#febc2e\"/>" \
        "<circle cx=\"64\" cy=\"24\" r=\"6\" fill=\"#28c840\"/>"
    printf "%s</svg>\n", picture
}
