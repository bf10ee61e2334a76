"""What is asked of a drawn page, in JavaScript: is it still changing, and what can be seen of it.

The scripts run in an isolated world: they meet the page's document, but none of the page's own code, so that the caps
in them hold. What a reader cannot see is left out, what stands in open shadow roots is taken in.
"""

from __future__ import annotations

_MOST_NODES = 60_000
_MOST_TEXT = 1_500_000  # characters of what is handed over
_DEEPEST = 400

# How far it is, and what changes when anything changes.
PEEK = """(() => {
  const all = document.getElementsByTagName('*').length;
  const body = document.body;
  return [document.readyState, location.href.slice(0, 4000), document.title.slice(0, 300), all,
          body ? body.innerText.slice(0, 20000).length : 0];
})()"""

SERIALISE = (
    f"""(() => {{
  const mostNodes = {_MOST_NODES}, mostText = {_MOST_TEXT}, deepest = {_DEEPEST};
"""
    r"""
  const left = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'OBJECT', 'EMBED', 'NOEMBED', 'NOFRAMES', 'FRAMESET',
                        'SVG', 'MATH', 'LINK']);
  const empty = new Set(['AREA', 'BASE', 'BR', 'COL', 'HR', 'IMG', 'INPUT', 'META', 'SOURCE', 'TRACK', 'WBR']);
  const kept = ['id', 'name', 'href', 'src', 'type', 'rel', 'property', 'content', 'http-equiv', 'alt', 'lang',
                'title', 'placeholder', 'role', 'action', 'method', 'class'];
  const pictures = new Set(['IMG', 'PICTURE', 'VIDEO', 'AUDIO', 'CANVAS', 'SVG', 'IFRAME', 'OBJECT', 'EMBED']);
  const works = new Set(['VIDEO', 'AUDIO', 'CANVAS', 'IFRAME', 'OBJECT', 'EMBED', 'TEXTAREA']);
  const turning = /(?:^|[\s_-])(?:spinner|loader|loading|skeleton|shimmer)(?:$|[\s_-])/i;
  const out = [], names = [];
  let nodes = 0, size = 0, cut = false, busy = false, seen = false, work = false, text = '';
  const put = piece => {
    if (size + piece.length > mostText) { cut = true; return; }
    size += piece.length; out.push(piece);
  };
  const safe = value => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const quoted = value => safe(value).replace(/"/g, '&quot;');
  const open = (node, tag) => {
    let piece = '<' + tag;
    for (const name of kept) {
      const value = node.getAttribute(name);
      if (value !== null) piece += ' ' + name + '="' + quoted(value.slice(0, 2000)) + '"';
    }
    put(piece + '>');
  };
  const children = (node, shown, depth) => {
    let inside = node.childNodes;
    if (node.shadowRoot) inside = node.shadowRoot.childNodes;
    else if (node.nodeName === 'SLOT' && node.assignedNodes().length) inside = node.assignedNodes();
    for (const child of inside) {
      if (cut) return;
      walk(child, shown, depth + 1);
    }
  };
  const walk = (node, shown, depth) => {
    if (++nodes > mostNodes || depth > deepest) { cut = cut || nodes > mostNodes; return; }
    if (node.nodeType === 3) {
      if (!shown || !node.data.trim()) { if (shown) put(' '); return; }
      put(safe(node.data));
      if (text.length < 4000) text += ' ' + node.data.slice(0, 4000);
      return;
    }
    if (node.nodeType !== 1) return;
    const tag = node.nodeName.toUpperCase();
    const id = node.id;
    if (typeof id === 'string' && id && names.length < 5000) names.push(id.slice(0, 200));
    const name = node.getAttribute('name');
    if (name && names.length < 5000) names.push(name.slice(0, 200));
    const style = getComputedStyle(node);
    if (style.display === 'none') return;
    const visible = style.visibility === 'visible';
    if (pictures.has(tag) && visible) seen = true;
    if (visible && (works.has(tag) || node.isContentEditable)) work = true;
    if (left.has(tag)) return;
    const kind = node.getAttribute('class') || '';
    if (visible && (node.getAttribute('aria-busy') === 'true' || node.getAttribute('role') === 'progressbar'
        || tag === 'PROGRESS' || turning.test(kind.slice(0, 500)))) busy = true;
    const written = /^[A-Z][A-Z0-9-]*$/.test(tag) ? tag.toLowerCase() : 'span';
    open(node, written);
    if (empty.has(tag)) return;
    if (tag !== 'IFRAME') children(node, visible, depth);
    put('</' + written + '>');
  };
  out.push('<!doctype html><html lang="' + quoted((document.documentElement?.lang || '').slice(0, 20)) + '"><head>');
  out.push('<meta charset="utf-8"><title>' + safe(document.title.slice(0, 1000)) + '</title>');
  for (const node of [...document.querySelectorAll('head meta, head link[rel~=canonical]')].slice(0, 200))
    if (node.getAttribute('charset') === null) open(node, node.nodeName.toLowerCase() === 'link' ? 'link' : 'meta');
  out.push('</head>');
  if (document.body) walk(document.body, true, 0); else out.push('<body></body>');
  out.push('</html>');
  return {html: out.join(''), url: location.href.slice(0, 8000), title: document.title.slice(0, 1000), text: text,
          pictures: seen, work: work, busy: busy, cut: cut, names: names};
})()"""
)
