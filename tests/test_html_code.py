"""Code: its lines, whatever elements they are in; what is no part of it; which elements are code without a <pre>."""

from __future__ import annotations

import time

import pytest
from walked import said, walked

from cleaner.page.candidate import Candidate


def codes(html: str) -> list[Candidate]:
    return walked(html).blocks


TEXT = "if a:\n\n    b"

LINES = [
    "<pre>if a:\n\n    b</pre>",
    "<pre>\n  <code>if a:\n\n    b</code>\n</pre>",
    "<pre>if a:<br><br>&nbsp;&nbsp;&nbsp;&nbsp;b</pre>",
    # a line is a span: with newlines between, without, with a break behind it, or with its newline inside
    "<pre><code><span class=line>if a:</span>\n<span class=line></span>\n<span class=line>    b</span></code></pre>",
    "<pre><code><span class=line>if a:</span><span class=line></span><span class=line>    b</span></code></pre>",
    "<pre><span class=line>if a:</span><br><span class=line></span><br><span class=line>    b</span><br></pre>",
    "<pre><code><span data-line>if a:</span><span data-line> </span><span data-line>    b</span></code></pre>",
    "<pre><span style='display:flex'><span>if a:\n</span></span><span style='display:flex'><span>\n</span></span><span style='display:flex'><span>    b\n</span></span></pre>",
    "<pre><span class=token-line>if a:<br></span><span class=token-line><br></span><span class=token-line>    b<br></span></pre>",
    "<pre><span class=block>if a:</span><span class=block></span><span class=block>    b</span></pre>",
    # a block, an item or a row
    "<pre><div>if a:</div><div><br></div><div>    b</div></pre>",
    "<pre><code><div class=line>if a:</div>\n<div class=line></div>\n<div class=line>    b</div></code></pre>",
    "<pre><div class=wrap>if a:\n\n    b\n</div></pre>",
    "<pre><ol class=linenums><li>if a:<li><li>    b</ol></pre>",
    "<pre><code>if a:</code><code> </code><code>    b</code></pre>",
    # without a <pre>
    "<p><code>if a:<br><br>&nbsp;&nbsp;&nbsp;&nbsp;b</code></p>",
    "<p><code>if a:</code><br><br>&nbsp;&nbsp;&nbsp;&nbsp;<code>b</code></p>",
    "<code style='display: block; white-space: pre'>if a:\n\n    b</code>",
    "<div class=highlight><span class=k>if</span> a:<br>\n<br>\n&nbsp;&nbsp;&nbsp;&nbsp;b</div>",
    "<div class=syntaxhighlighter>\n<div class=line><code>if</code> <code>a:</code></div>\n<div class=line>&nbsp;</div>\n<div class=line><code>&nbsp;&nbsp;&nbsp;&nbsp;</code><code>b</code></div>\n</div>",
    "<div class=editor><div class=view-line>if a:</div><div class=view-line><span></span></div><div class=view-line>&nbsp;&nbsp;&nbsp;&nbsp;b</div></div>",
    "<div class='CodeMirror x'><div class=CodeMirror-measure><pre>xx</pre></div><div class=CodeMirror-code><div><div class=CodeMirror-linenumber>1</div><pre class=CodeMirror-line>if a:</pre></div><div><div class=CodeMirror-linenumber>2</div><pre class=CodeMirror-line>&#8203;</pre></div><div><pre class=CodeMirror-line>    b</pre></div></div></div>",
    "<ol class=linenums><li><code>if a:</code><li><code></code><li><code>&nbsp;&nbsp;&nbsp;&nbsp;b</code></ol>",
    "<div class=hljs><ol><li>if a:<li><li>    b</ol></div>",
    "<div class=react-code-lines><div><div data-line-number=1>if a:</div></div><div><div data-line-number=2>\n</div></div><div><div data-line-number=3>    b</div></div></div>",
    "<div class=highlight style='white-space:pre'><span class=k>if</span> <span class=n>a</span>:\n\n    b</div>",
    "<div><div class=line-numbers>1<br>2<br>3</div><code class=block>if a:\n\n    b</code></div>",
    # with line numbers in cells
    "<table><tr><td class=linenos><pre>1\n2\n3</pre><td class=code><pre>if a:\n\n    b</pre></table>",
    "<table><tr><td><pre>1\n2\n3</pre><td><pre>if a:\n\n    b</pre></table>",
    "<table><tr><td class=lntd><pre><code><span class=lnt>1\n</span><span class=lnt>2\n</span></code></pre><td class=lntd><pre>if a:\n\n    b\n</pre></table>",
    "<table><tr><td class=gutter><div class=line>1</div><div class=line>2</div><td class=code><div class=line>if a:</div><div class=line>&nbsp;</div><div class=line>&nbsp;&nbsp;&nbsp;&nbsp;b</div></table>",
    "<table>\n<tr>\n<td data-line-number=1></td>\n<td class=blob-code>if a:</td>\n</tr>\n<tr><td data-line-number=2></td><td class=blob-code>\n</td></tr><tr><td data-line-number=3></td><td class=blob-code>    b</td></tr></table>",
    "<table><tr><td>1<td><pre>if a:</pre><tr><td>2<td><pre> </pre><tr><td>3<td><pre>    b</pre></table>",
    "<pre><code><table><tr><td class=hljs-ln-numbers data-line-number=1><td class=hljs-ln-code>if a:<tr><td class=hljs-ln-numbers data-line-number=2><td class=hljs-ln-code>\n<tr><td class=hljs-ln-numbers data-line-number=3><td class=hljs-ln-code>    b</table></code></pre>",
    # in spans, in lists, beside the code
    "<pre><span class=lineno>1 </span>if a:\n<span class=lineno>2 </span>\n<span class=lineno>3 </span>    b</pre>",
    "<pre><span style='display:flex'><span style='-webkit-user-select:none;user-select:none'> 1</span><span>if a:\n</span></span><span style='display:flex'><span style='user-select:none'> 2</span><span>\n</span></span><span style='display:flex'><span style='user-select:none'>3</span><span>    b\n</span></span></pre>",
    "<pre><code><div class=ec-line><div class=gutter><div class=ln aria-hidden=true>1</div></div><div class=code>if a:</div></div><div class=ec-line><div class=gutter><div class=ln>2</div></div><div class=code>\n</div></div><div class=ec-line><div class=code>    b</div></div></code></pre>",
    "<pre class=line-numbers><code class=line-numbers>if a:\n\n    b<span class=line-numbers-rows aria-hidden=true><span></span></span></code></pre>",
    "<div><ul class=pre-numbering><li>1<li>2<li>3</ul><pre>if a:\n\n    b</pre></div>",
    "<div><pre>1\n2\n3</pre><pre>if a:\n\n    b</pre></div>",
    "<div><div><pre>1\n2\n3</pre></div><div><pre>if a:\n\n    b</pre></div></div>",
    # without bars, buttons and prompts
    "<pre><div class=toolbar>Python <button>Copy</button></div>if a:\n\n    b</pre>",
    "<div><div class=toolbar><div><a class=copy-button>Copy</a></div></div><pre>if a:\n\n    b</pre></div>",
    "<pre><div class=code__header><span>python</span></div><code>if a:\n\n    b</code></pre>",
    "<pre><div><div>python <button>Copy code</button></div><code>if a:\n\n    b</code></div></pre>",
    "<div><pre>if a:\n\n    b<a class=copy-link href=#>Copy</a></pre><div class=copy>Copy</div></div>",
    "<pre><span style='user-select: none'>$ </span>if a:\n\n    b</pre>",
    "<pre><span class=gp>$</span> if a:\n\n    b</pre>",
]  # fmt: skip


@pytest.mark.parametrize("html", LINES)
def test_lines(html: str) -> None:
    assert [(block.kind, block.text) for block in codes(html)] == [("code", TEXT)]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<pre>a\tb\n\tc</pre>", ["code: a\tb\n\tc"]),
        # a prompt tells the input from the output
        ("<pre><span class=gp>&gt;&gt;&gt; </span>1 + 1\n<span class=go>2</span></pre>", ["code: >>> 1 + 1\n2"]),
        ("<pre><span class=line>a</span> b</pre>", ["code: a b"]),
        ("<pre><code>a</code> or <code>b</code></pre>", ["code: a or b"]),
        ("<pre class=hljs><span class=hljs-number>10</span> x</pre>", ["code: 10 x"]),
        ("<pre><span style='user-select:none'>all of it is here, and nobody may copy it</span></pre>", ["code: all of it is here, and nobody may copy it"]),
        # elements that are unknown, or were meant as text
        ("<pre>a <x-tok>b</x-tok> c</pre>", ["code: a b c"]),
        ("<pre>List<String> x;\ny</pre>", ["code: List x;\ny"]),
        ("<pre><x-line><div>a</div></x-line><x-line><div>b</div></x-line></pre>", ["code: a\nb"]),
        # what has the class of a prompt, a button or a bar, and is code
        ("<pre><span class=prompt>$ ls</span></pre>", ["code: $ ls"]),
        ("<pre><span class=prompt>me@host:~$ </span>ls\n<span class=prompt>cd x</span></pre>", ["code: ls\ncd x"]),
        ("<pre><div class=header>int main() {</div><div>}</div></pre>", ["code: int main() {\n}"]),
        ("<pre><div class=cmd>ls -a<button>Copy</button></div><div>cd</div></pre>", ["code: ls -a\ncd"]),
        ("<pre><span class=copy>ls -a</span><button>Copy</button></pre>", ["code: ls -a"]),
        ("<pre><code class=noselect><span class=noselect>ls -a</span></code></pre>", ["code: ls -a"]),
        # what a program prints may be numbers
        ("<pre>for i in range(3): print(i)</pre><pre>0\n1\n2</pre>", ["code: for i in range(3): print(i)", "code: 0\n1\n2"]),
        ("<table><tr><td>1<td><code>ls</code><tr><td>2<td><code>cd</code></table>", ["table: 1\tls\n2\tcd"]),
        ("<table><tr><td>200<td><pre>ok</pre><tr><td>404<td><pre>lost</pre></table>", ["table: 200\tok\n404\tlost"]),
        ("<p>The result is:</p><pre>42</pre><p>Use <code>print</code> for more.</p>", ["paragraph: The result is:", "code: 42", "paragraph: Use print for more."]),
        ("<pre>1\n2\n3</pre><pre>a\nb\nc</pre>", ["code: 1\n2\n3", "code: a\nb\nc"]),
        ("<div><pre>1\n2</pre><pre>a\nb</pre><p>c</div>", ["code: 1\n2", "code: a\nb", "paragraph: c"]),
        ("<div><pre>1</pre><pre>a</pre></div>", ["code: 1", "code: a"]),
        ("<table><tr><td><pre>1\n2</pre><td><pre>a</pre></table>", ["code: 1\n2", "code: a"]),
        # the class of a button is also that of body text
        ("<h1 class=section-copy>How to begin with it</h1><div class=copy><p>Get <code>x</code> first.</p></div>", ["heading1: How to begin with it", "paragraph: Get x first."]),
        ("<p>He gave <span class=copy>these words</span> to <code>me</code></p><pre>x</pre>", ["paragraph: He gave these words to me", "code: x"]),
        ("<p class=copy>Do this</p><pre>x</pre>", ["paragraph: Do this", "code: x"]),
        ("<div class=copy>Do this:</div><pre>x</pre>", ["paragraph: Do this:", "code: x"]),
        ("<div><div class=bar><span>py</span><a class=copy>Copy all of it now</a></div><pre>x</pre></div>", ["paragraph: py", "code: x"]),
        ("<div class=numbering>3</div><p>Use <code>x</code></p>", ["paragraph: 3", "paragraph: Use x"]),
        # code among text, and what has the classes of code without being any
        ("<p>Do <code>x<br>y</code> now</p>", ["paragraph: Do x\ny now"]),
        ("<p><code>x</code></p>", ["paragraph: x"]),
        ("<div class=highlight><p>A note</p><br><br></div>", ["paragraph: A note"]),
        ("<div class=code>Use <b>SAVE10</b><br>today<br>only</div>", ["paragraph: Use SAVE10\ntoday\nonly"]),
        ("<div class=gutter-20>12</div><div class=gutter>A</div>", ["paragraph: 12", "paragraph: A"]),
        ("<div class=line-block><div class=line>O</div><div class=line>p</div></div>", ["paragraph: O", "paragraph: p"]),
        # a run of lines ends at the next block
        ("<article><code>a b</code><br><code>c</code><p>D</p><h2>E</h2><p>F <a href=/x>g</a>.</p><img src=b.jpg></article>", ["code: a b\nc", "paragraph: D", "heading2: E", "paragraph: F g.", "image: b.jpg"]),
        ("<article><p>D</p><code>a b</code><br><code>c</code><p>D</p></article>", ["paragraph: D", "code: a b\nc", "paragraph: D"]),
        ("<article><p>D</p><code>a b</code><br><code>c</code> is so<p>D</p></article>", ["paragraph: D", "paragraph: a b\nc is so", "paragraph: D"]),
        ("<article><code>a b</code><br><code>c</code><pre>d</pre><p>D</p></article>", ["code: a b\nc", "code: d", "paragraph: D"]),
        ("<ul><li><code>a<br>b</code></ul>", ["code item: a\nb"]),
        ("<div><p>A</p><code>b<br>c</code><p>d</p>e</div>", ["paragraph: A", "code: b\nc", "paragraph: d", "paragraph: e"]),
        ("<div><p>A</p>so <code>b<br>c</code></div>", ["paragraph: A", "paragraph: so b\nc"]),
        ("<div><code>b<br>c</code> so<p>A</p></div>", ["paragraph: b\nc so", "paragraph: A"]),
    ],
)  # fmt: skip
def test_blocks(html: str, blocks: list[str]) -> None:
    assert [said(block) for block in codes(html)] == blocks


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<pre><code>1\n</code></pre><p><code>x</code> is it</p>", ["code: 1", "paragraph: x is it"]),
        ("<div><pre><code>1\n2\n</code></pre><pre><code>a\nb\n</code></pre></div>", ["code: 1\n2", "code: a\nb"]),
        ("<p><code>Ctrl</code><br><code>Alt</code></p>", ["paragraph: Ctrl\nAlt"]),
    ],
)  # fmt: skip
def test_markdown_has_neither_line_numbers_nor_code_without_pre(html: str, blocks: list[str]) -> None:
    assert [said(block) for block in walked(html, is_markdown=True).blocks] == blocks


@pytest.mark.parametrize(
    "start",
    ["<div class=hljs>", "<div class=gutter>", "<div class=copy>", "<div class=monaco-editor>", "<code>", "<div class='highlight'><span class=k>"],
)  # fmt: skip
def test_nested_elements_take_linear_time(start: str) -> None:
    html = start * 400 + "<span class=k>1</span> " * 2000
    before = time.process_time()
    walked(html)
    assert time.process_time() - before < 1.5


def test_codes_in_a_row_take_linear_time() -> None:
    html = "<div>" + "<code class=block>a</code>" * 10_000
    before = time.process_time()
    walked(html)
    assert time.process_time() - before < 1.5


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<pre><code class='hljs language-C++'>x</code></pre>", "c++"),
        ("<pre><code class=lang-py>x</code></pre>", "py"),
        ("<pre class='brush: php; title: ;'>x</pre>", "php"),
        ("<pre lang=sql>x</pre>", "sql"),
        ("<pre lang=cs>x</pre>", None),
        ("<pre><code class=bash>x</code></pre>", "bash"),
        ("<pre><code class=wide>x</code></pre>", None),
        ("<pre data-language=kotlin><code>x</code></pre>", "kotlin"),
        ("<div class='highlight highlight-source-shell'><pre>x</pre></div>", "shell"),
        ("<div class='highlight-python notranslate'><div class=highlight><pre>x</pre></div></div>", "python"),
        ("<div class='highlight-wrap'><pre>x</pre></div>", None),
        ("<div class='mw-highlight mw-highlight-lang-lua'><pre>x</pre></div>", "lua"),
        ("<div class='language-ruby highlighter-rouge'><div><pre><code>x</code></pre></div></div>", "ruby"),
        ("<figure class='highlight cpp'><table><tr><td class=gutter><pre>1</pre><td class=code><pre>x</pre></table></figure>", "cpp"),
        ("<pre class='sourceCode haskell'><code class='sourceCode haskell'>x</code></pre>", "haskell"),
        ("<table><tr><td class=lntd><pre><code><span class=lnt>1</span></code></pre><td><pre><code class=language-go>x</code></pre></table>", "go"),
        ("<table class=highlighttable><tr><td class=linenos><pre>1</pre><td class=code><pre class=language-python>x</pre></table>", "python"),
        ("<table class=highlighttable><tr><td class=linenos><pre>1</pre><td class=code><div class='highlight lang-go'><pre>x</pre></div></table>", "go"),
        ("<pre><code class=language-plaintext>x</code></pre>", None),
        # a page that is about a language does not name that of its code
        ("<div class='python highlight'><p>a<p>b<p>c<pre>x</pre></div>", None),
    ],
)  # fmt: skip
def test_languages(html: str, language: str | None) -> None:
    assert [block.language for block in codes(html) if block.kind == "code"] == [language]


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        # A listing in parts, with what it prints.
        ("<code class=block>a = 1\n\n</code> <code class=block>print(a)</code><pre>1</pre>", ["a = 1\n\nprint(a)\n1"]),
        ("<code class=block>a</code><code class=block>\n</code><code class=block>b</code>", ["a\n\nb"]),
        ("<code class=block>ls -a</code><pre>def f():\n    pass</pre>", ["ls -a", "def f():\n    pass"]),
        ("<code class=block>a</code> and <code class=block>b</code>", []),
        ("<code class='block lang-js'>a</code><code class='block lang-py'>b</code>", ["a", "b"]),
        ("<pre>a</pre><pre>b</pre>", ["a", "b"]),
    ],
)
def test_a_listing_in_parts(html: str, codes: list[str]) -> None:
    blocks = walked(f"<div>{html}</div>").blocks
    assert [block.text for block in blocks if block.kind == "code"] == codes
