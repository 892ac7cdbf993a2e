"""Formulas: once, as TeX, whatever renders them; displayed or within text; without TeX; between delimiters."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from walked import said, walked

import cleaner
from cleaner.document import Span
from cleaner.html.mathml import tex_of_mathml

NOTE = '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1</annotation></semantics></math>'
KATEX = (
    f"<span class=katex><span class=katex-mathml>{NOTE}</span><span class=katex-html aria-hidden=true>x1</span></span>"
)
MJX = "<mjx-math aria-hidden=true><mjx-mi><mjx-c class=mjx-c1D465></mjx-c></mjx-mi></mjx-math>"

INLINE = [
    NOTE,
    "<math alttext='x_1'><img src=/a.png></math>",
    KATEX,
    # the two halves without their classes
    f"<span><span>{NOTE}</span><span aria-hidden=true>x1</span></span>",
    # MathJax 2: its preview, what it shows, and its script
    "<span class=MathJax_Preview>x1</span><span class=MathJax><nobr><span class=math>x1</span></nobr></span><script type='math/tex'>x_1</script>",
    "<script type='math/tex'>x_1</script>",
    "<span class=MathJax_SVG data-mathml='&lt;math alttext=\"x_1\">&lt;/math>'><svg></svg>x1</span>",
    # MathJax 3
    f"<mjx-container class=MathJax>{MJX}<mjx-assistive-mml>{NOTE}</mjx-assistive-mml></mjx-container>",
    "<mjx-container><mjx-math data-latex='x_1'></mjx-math></mjx-container>",
    "<mjx-container title='\\mathrm{x}'><svg></svg></mjx-container>",
    # others
    "<span class=hurmet-tex data-entry='x_1'><math><mi>x</mi></math></span>",
    "<span class=ql-formula data-value='x_1'>x1</span>",
    "<span class=ztext-math data-tex='x_1'>x1</span>",
    "<span class='math inline'>\\(x_1\\)</span>",
    "<span class=arithmatex>\\(x_1\\)</span>",
    "<math-renderer class=js-inline-math>$x_1$</math-renderer>",
    "<span class=katex-error title='Error'>x_1</span>",
    "<span class=wp-katex-eq>x_1</span>",
    "<tex-math>x_1</tex-math>",
    "<amp-mathml data-formula='\\(x_1\\)'></amp-mathml>",
    # images with TeX in their text or their address
    "<img class=tex src=/1.png alt='x_1'>",
    "<img class=latex src=/1.png alt='$x_1$'>",
    "<span class=mwe-math-element><span style='display:none'><math alttext='{\\displaystyle x_1}'></math></span><img class=mwe-math-fallback-image-inline src=/1.svg alt='{\\displaystyle x_1}'></span>",
    "<img class=mwe-math-fallback-image-inline src=/1.svg alt='{\\displaystyle x_1}'>",
    "<img src='https://tex.example/latex.php?latex=x_1&bg=fff'>",
    "<img src='/equation?tex=x_1'>",
    "<img src=/latex/a.png alt=x_1>",
    "<img src='https://math.example/chart?cht=tx&chl=x_1'>",
    "<img src='https://a.example/mimetex.cgi?x_1'>",
    "<img src='https://i.upmath.example/svg/a' alt='x_1'>",
    "<img src='https://latex.example/svg.image?\\inline&space;x_1'>",
]  # fmt: skip


@pytest.mark.parametrize("html", INLINE)
def test_formulas_in_text(html: str) -> None:
    (block,) = walked(f"<p>Let {html} be.</p>").blocks
    tex = "\\mathrm{x}" if "mathrm" in html else "x_1"
    assert (block.text, block.spans) == (f"Let {tex} be.", [Span(4, 4 + len(tex), "math", value=tex)])


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (f"A <span class=katex-display>{KATEX}</span> b", ["paragraph: A", "math: x_1", "paragraph: b"]),
        ("<div class=equation><span class=MathJax_Preview>x</span><div class=MathJax_Display><span class=MathJax>x</span></div><script type='math/tex; mode=display'>y</script>(1)</div>", ["math: y", "paragraph: (1)"]),
        ("A <mjx-container display=true data-latex='y'></mjx-container>", ["paragraph: A", "math: y"]),
        ("<div class=arithmatex>\\[y\\]</div>", ["math: y"]),
        ("<math display=block><semantics><annotation encoding='application/x-tex'>\\begin{aligned}\n a\\\\\n  b\n\\end{aligned}</annotation></semantics></math>", ["math: \\begin{aligned}\na\\\\\nb\n\\end{aligned}"]),
        # a paragraph of its own stays a paragraph
        (f"<p><span class=katex-display>{KATEX}</span></p>", ["paragraph: x_1"]),
        ("<p><span class=MathJax_Preview></span><div class=MathJax_Display>y</div><script type='math/tex; mode=display'>y</script></p>", ["paragraph: y"]),
        ("<ul><li><p><math display=block alttext=y></math></p><p>b</p></ul>", ["list_item item: y", "paragraph item: b"]),
        # headings, links and cells have no blocks inside
        ("<h2>On <math display=block alttext=y></math></h2>", ["heading2: On y"]),
        ("<p><a href=/x>On <math display=block alttext=y></math></a> b</p>", ["paragraph: On y b"]),
        ("<table><tr><th>A<th>b<tr><td><math display=block alttext=y></math><td>c</table>", ["table: A\tb\ny\tc"]),
        # a table that only sets formulas
        ("<table class=ltx_eqn_table><tr><td><td><math alttext=y></math><td>(1)<tr><td><td><math alttext=z></math><td>(2)</table>", ["math: y", "paragraph: (1)", "math: z", "paragraph: (2)"]),
        # lines around a formula
        ("<p>Where<br><math><mi>x</mi></math><br>holds</p>", ["paragraph: Where\nx\nholds"]),
        # elements around a formula that hold more than it
        ("<div class=mathjax><p>We start with words.</p><p>And <math alttext='x^2'><mi>x</mi></math> more.</p></div>", ["paragraph: We start with words.", "paragraph: And x^2 more."]),
        ("<div class=mathjax>Some words of a page <script type='math/tex'>y</script> go on.</div>", ["paragraph: Some words of a page y go on."]),
        ("<div class=mathjax>Let <script type='math/tex'>y</script> be</div>", ["paragraph: Let y be"]),
        ("<p>A <span class=katex><math alttext='a+b'></math> and <math alttext='c'></math></span></p>", ["paragraph: A a+b and c"]),
        ("<div class=mathjax>All of the text<br>and more of it</div><script type='math/tex'>y</script>", ["paragraph: All of the text\nand more of it", "math: y"]),
        ("<div class=MathJax><p>Words.</p></div><script type='math/tex'>y</script>", ["paragraph: Words.", "math: y"]),
        ("<div class=math-note data-tex=x>A longer note on it.</div>", ["paragraph: A longer note on it."]),
        ("<p>A <span class=math data-tex='\\frac{a}{b}'>a/b</span> c</p>", ["paragraph: A \\frac{a}{b} c"]),
        ("<div class=formula-card data-value=44><p>The driver won.</p></div>", ["paragraph: The driver won."]),
        ("<div class=latex-guide data-value=1>A guide.</div><div class=equation data-value=3>Third.</div>", ["paragraph: A guide.", "paragraph: Third."]),
        # text beside MathML that is no drawing of it
        ("<p><math alttext=y></math><span aria-hidden=true>any text</span></p>", ["paragraph: yany text"]),
        ("<p><math alttext='\\alpha+y'></math><span aria-hidden=true>α+𝑦</span> a</p>", ["paragraph: \\alpha+y a"]),
        ("<p><math alttext='\\limsup_n'></math><span aria-hidden=true>lim sup<sub>n</sub></span> a</p>", ["paragraph: \\limsup_n a"]),
        ("<p><math><mi>ℒ</mi></math><span aria-hidden=true>L</span> a</p>", ["paragraph: ℒ a"]),
        ("<p><math alttext='a+n+y+t+e+x'></math><span aria-hidden=true>tax text yen</span></p>", ["paragraph: a+n+y+t+e+xtax text yen"]),
        # images of something else
        ("<p>A<img src=/formula-1/a.jpg alt=C_Driver> b<img src='img\\a.jpg' alt=a_b> c<img src=/vortex.jpg alt='a=b'></p>", ["paragraph: A b c"]),
        ("<p>A <img class=formula-card src=/a.jpg alt=C_Driver> b</p>", ["paragraph: A  b"]),
        # no formulas
        ("<div class=formula><p>Milk for babies</p><p>and more</p></div>", ["paragraph: Milk for babies", "paragraph: and more"]),
        ("<p>See <img class=latex src=/l.png alt=L> and <img src=/latex-gloves.jpg alt='Latex gloves'>.</p>", ["paragraph: See  and ."]),
        ("<p><span class=MathJax_Preview>x + y</span> is left.</p>", ["paragraph: x + y is left."]),
    ],
)  # fmt: skip
def test_blocks(html: str, blocks: list[str]) -> None:
    assert [said(block) for block in walked(html).blocks] == blocks


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (" ", "A 𝑦"),
        ("no elements", "A 𝑦"),
        ("&lt;!-- c -->", "A 𝑦"),
        ("&lt;p>\udcff&#x0;", "A 𝑦"),
        ("&lt;?xml version='1.0' encoding='utf-8'?>&lt;math>&lt;mi>y&lt;/mi>&lt;/math>", "A y"),
        ("&lt;math>&lt;!--c-->&lt;?p i?>&lt;mi>y&lt;/mi>&lt;/math>", "A y"),
    ],
)
def test_attributes_with_mathml_or_something_else(source: str, text: str) -> None:
    page = f'<p>A <span class=MathJax><span data-mathml="{source}">𝑦</span></span></p>'
    assert [block.text for block in walked(page).blocks] == [text]


@pytest.mark.parametrize(
    ("mathml", "tex"),
    [
        ("<mi>x</mi><mo>=</mo><mn>2</mn>", "x = 2"),
        ("<msup><mi>x</mi><mn>2</mn></msup><msub><mi>y</mi><mi>i</mi></msub>", "x^{2} y_{i}"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_{i}^{2}"),
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "\\frac{a}{b + 1}"),
        ("<msqrt><mi>x</mi></msqrt><mroot><mn>8</mn><mn>3</mn></mroot>", "\\sqrt{x} \\sqrt[3]{8}"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>α</mi>", "\\sum_{i}^{n} \\alpha"),
        ("<mover><mi>x</mi><mo>^</mo></mover><mover><mi>x</mi><mi>y</mi></mover>", "\\hat{x} x^{y}"),
        ("<munder><mi>lim</mi><mi>n</mi></munder>", "\\lim_{n}"),
        ("<mtext>if so</mtext><mi mathvariant='double-struck'>R</mi><mi>sin</mi>", "\\text{if so} \\mathbb{R} \\sin"),
        ("<mtable columnalign='right left'><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd></mtr></mtable>", "\\begin{aligned}a & b \\\\ c\\end{aligned}"),
        ("<mi>a</mi><mo>⁢</mo><mo>{</mo><mo>%</mo>", "a \\{ \\%"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "\\left( a , b \\right)"),
        ("<mphantom><mi>a</mi></mphantom>", None),
        ("<mi>a</mi>" * 3000, None),
        # what MathJax draws
        ("<mjx-msup><mjx-mi><mjx-c class=mjx-c1D465></mjx-c></mjx-mi><mjx-script><mjx-mn><mjx-c class='mjx-c32'></mjx-c></mjx-mn></mjx-script></mjx-msup>", "x^{2}"),
        ("<mjx-mfrac><mjx-frac><mjx-num><mjx-mn>1</mjx-mn></mjx-num><mjx-den><mjx-mi>𝑛</mjx-mi></mjx-den></mjx-frac></mjx-mfrac>", "\\frac{1}{n}"),
        ("<mjx-msubsup><mjx-mi>x</mjx-mi><mjx-script><mjx-mn>2</mjx-mn><mjx-spacer></mjx-spacer><mjx-mi>i</mjx-mi></mjx-script></mjx-msubsup>", "x_{i}^{2}"),
    ],
)  # fmt: skip
def test_mathml_without_tex(mathml: str, tex: str | None) -> None:
    root = etree.fromstring(f"<html><body><math>{mathml}</math></body></html>", etree.HTMLParser())
    assert tex_of_mathml(root[0][0]) == tex


def clean(html: str) -> str:
    page = f"<script src=/mathjax/3/tex.js></script>{html}"
    return cleaner.Cleaner(extractor="none").clean(page, media_type="text/html").to_markdown(front_matter=False).strip()


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>The sum \\(x + y\\) of $x$ and $\\alpha_1$.</p>", "The sum $x + y$ of $x$ and $\\alpha_1$."),
        ("<p>It is $$x^2$$ here.</p>", "It is $x^2$ here."),
        ("<div>\\[x = 1\\]</div>", "$$\nx = 1\n$$"),
        ("<p>\\begin{align} a &amp;= b \\end{align}</p>", "$$\\begin{align} a &= b \\end{align}$$"),
        ("<p>So <b>here</b> \\(x\\) <b>there</b> is</p>", "So **here** $x$ **there** is"),
        ("<p>From $a<em>1$ to $b</em>1$</p>", "From $a1$ to $b1$"),
        # openings that nothing closes, and what looks like them inside
        ("<p>An \\(open one and \\(x\\) here</p>", "An \\\\(open one and $x$ here"),
        ("<div>\\[a \\\\[2pt] b \\text{if \\(c\\)}\\\\\\]</div>", "$$\na \\\\[2pt] b \\text{if \\(c\\)}\\\\\n$$"),
        ("<p>A \\begin{align} b \\begin{align} \\begin{array} c \\end{array} \\end{align} d</p>", "A \\begin{align} b $\\begin{align} \\begin{array} c \\end{array} \\end{align}$ d"),
        ("<p>So \\(x\\) <code>\\(y\\)</code> and \\(z\\)</p>", "So $x$ `\\(y\\)` and $z$"),
        ("<h2>On \\(n\\)</h2><p>a</p>", "## On $n$\n\na"),
        ("<table><tr><th>A<th>b<tr><td>c \\(x\\)<td>\\(y\\) d</table>", "| A | b |\n| --- | --- |\n| c $x$ | $y$ d |"),
        # prices, code and words stay
        ("<p>It costs $100 per unit, or $20 a day.</p>", "It costs $100 per unit, or $20 a day."),
        ("<p>Pay $5 for a and b now or 6$ then.</p>", "Pay \\$5 for a and b now or 6$ then."),
        ("<pre>$\\alpha$</pre><p>a <code>$x$</code></p>", "```\n$\\alpha$\n```\n\na `$x$`"),
    ],
)  # fmt: skip
def test_delimiters_on_pages_that_load_a_program(html: str, markdown: str) -> None:
    assert clean(html) == markdown


def test_delimiters_on_other_pages_are_text() -> None:
    page = "<p>Between \\(x\\) and $y$.</p>"
    (block,) = cleaner.Cleaner(extractor="none").clean(page, media_type="text/html").blocks
    assert (block.text, block.spans) == ("Between \\(x\\) and $y$.", ())


def test_rules_still_match_beside_formulas(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("rules:\n- drop: {css: .ad}\n", "utf-8")
    cleaning = cleaner.Cleaner(cleaner.load_rules(tmp_path / "a.yaml", shipped=False), extractor="none")
    page = "<script src=/katex.js></script><p>The sum \\(x\\) <i class=ad>Buy now</i> is \\(y\\).</p>"
    assert cleaning.clean(page, media_type="text/html").text == "The sum x is y."
