"""What HTML says of element names, for selectors."""

from __future__ import annotations

_KNOWN = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br
    button canvas caption center cite code col colgroup content data datalist dd del details dfn dialog dir div dl dt
    element em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
    html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu
    menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol optgroup option output p param
    picture plaintext portal pre progress q rb rbc rp rt rtc ruby s samp script search section select shadow slot small
    source spacer span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
    title tr track tt u ul var video wbr xmp
    annotation annotation-xml maction maligngroup malignmark menclose merror mfenced mfrac mglyph mi mlabeledtr
    mlongdiv mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup msline
    mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
    animate animatemotion animatetransform circle clippath defs desc ellipse feblend filter foreignobject g
    lineargradient line marker mask metadata mpath path pattern polygon polyline radialgradient rect set stop switch
    symbol text textpath tspan use view
"""
_EMPTY = "area base br col embed hr img input link meta param source track wbr"
_TEXT_ONLY = "script style textarea title"
_NEVER_BLOCKS = """
    area base col colgroup datalist head link meta optgroup option param progress script select style textarea
    title track
"""
KNOWN = frozenset(_KNOWN.split())
"""Elements of HTML, today's and former ones, of MathML and of SVG."""
EMPTY = frozenset(_EMPTY.split())
"""Elements that hold nothing."""
TEXT_ONLY = frozenset(_TEXT_ONLY.split())
"""Elements that hold no elements."""
NEVER_BLOCKS = frozenset(_NEVER_BLOCKS.split())
"""Elements whose text the reader of HTML never makes a block of."""
NEVER_DROPPED = frozenset(("html", "body"))
