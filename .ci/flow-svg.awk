# The program's flow as an SVG picture: source, object, and a box for each of the stores in `stores` (words with bars).

function box(x, y, w, title, text) {
    printf "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"56\" rx=\"8\"/>\n", x, y, w
    printf "<text x=\"%d\" y=\"%d\" class=\"t\">%s</text>\n<text x=\"%d\" y=\"%d\">%s</text>\n", x + w / 2, y + 24, title, \
        x + w / 2, y + 43, text
}

function arrow(x, y, x2, y2) {
    printf "<path d=\"M%d %d L%d %d\" marker-end=\"url(#a)\"/>\n", x, y, x2, y2
}

BEGIN {
    name["api"] = "OpenChoreo API"
    what["api"] = "token, create or update"
    name["kubernetes"] = "Kubernetes API"
    what["kubernetes"] = "the custom resource"
    name["git"] = "Git tree"
    what["git"] = "a file that is synced"
    n = split(stores == "" ? "api" : stores, store, "|")
    h = n * 76 + 16 < 168 ? 168 : n * 76 + 16
    m = h / 2
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"860\" height=\"" h "\" viewBox=\"0 0 860 " h "\" role=\"img\">"
    print "<title>A descriptor and an image become a Workload, which is written to one of the stores</title>"
    print "<style>rect { fill: #f6f8fa; stroke: #57606a } text { font: 12px sans-serif; fill: #57606a; text-anchor: middle }"
    print ".t { font-weight: bold; font-size: 14px; fill: #1f2328 } path { stroke: #57606a; fill: none }</style>"
    print "<defs><marker id=\"a\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">" \
        "<path d=\"M0 0 L10 5 L0 10 z\" style=\"fill: #57606a\"/></marker></defs>"
    print "<rect width=\"860\" height=\"" h "\" style=\"fill: #ffffff; stroke: none\"/>"
    box(16, m - 68, 190, "workload.yaml", "the descriptor and its files")
    box(16, m + 12, 190, "image", "by tag or by digest")
    box(300, m - 28, 200, "Workload", "checked before anything is sent")
    arrow(206, m - 40, 298, m - 8)
    arrow(206, m + 40, 298, m + 8)
    for (i = 1; i <= n; i++) {
        if (!(store[i] in name)) {
            print "no name is known for the store " store[i] > "/dev/stderr"
            exit 1
        }
        y = m - n * 38 + (i - 1) * 76 + 10
        box(630, y, 210, name[store[i]], what[store[i]])
        arrow(500, m, 628, y + 28)
    }
    print "</svg>"
}
