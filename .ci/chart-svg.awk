# The first table of the benchmark's page as an SVG chart: for each row that has all three, this program beside the shell
# step and the floor.

function bar(value, label, class) {
    printf "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" class=\"%s\"/>\n", left, y, value * scale, class
    printf "<text x=\"%.1f\" y=\"%d\">%s %.1f</text>\n", left + value * scale + 6, y + 12, label, value
    y += 20
}

BEGIN {
    FS = " *[|] *"
    left = 390
}

/^[|] what/ {
    for (i = 2; i < NF; i++) column[$i] = i
    in_table = 1
    next
}

in_table && !/^[|]/ { in_table = 0 }

in_table && $column["shell step"] ~ /^[0-9.]+$/ {
    title[++rows] = $2
    ours[rows] = $column["this program"]
    shell[rows] = $column["shell step"]
    least[rows] = $column["floor"]
    if (shell[rows] + 0 > most) most = shell[rows] + 0
}

END {
    if (!rows) {
        print "the page has no table to draw" > "/dev/stderr"
        exit 1
    }
    scale = 420 / most
    h = rows * 76 + 50
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"" h "\" viewBox=\"0 0 960 " h "\" role=\"img\">"
    print "<title>Milliseconds for a whole run: this program, the shell step, and the least that such requests take</title>"
    print "<style>text { font: 12px sans-serif; fill: #1f2328 } .n { font-weight: bold; text-anchor: end }"
    print ".o { fill: #1a7f37 } .s { fill: #8c959f } .f { fill: #d0d7de }</style>"
    print "<rect width=\"960\" height=\"" h "\" fill=\"#ffffff\"/>"
    print "<text x=\"16\" y=\"24\">Milliseconds for a whole run, less is better</text>"
    y = 42
    for (i = 1; i <= rows; i++) {
        printf "<text x=\"%d\" y=\"%d\" class=\"n\">%s</text>\n", left - 10, y + 32, title[i]
        bar(ours[i], "this program", "o")
        bar(shell[i], "shell step", "s")
        bar(least[i], "floor", "f")
        y += 16
    }
    print "</svg>"
}
