/* What the page of documentation looks like and does. Both stand in the page itself, by their hashes, so that nothing else is loaded. */

export const docsStyle = `:root{color-scheme:light dark;--ground:light-dark(#fff,#14171c);--soft:light-dark(#f4f5f7,#1d2128);--line:light-dark(#dfe2e7,#333a45);
--text:light-dark(#151a23,#e8eaee);--quiet:light-dark(#565f6f,#a3abb8);--accent:light-dark(#1d4fd8,#8fb2ff)}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);font:15px/1.55 system-ui,"Segoe UI",Arial,sans-serif}
.page{display:grid;grid-template-columns:240px minmax(0,1fr);max-width:1200px;margin:0 auto}
nav{position:sticky;inset-block-start:0;block-size:100vh;overflow:auto;padding:24px 16px;border-inline-end:1px solid var(--line)}
nav ul{list-style:none;margin:8px 0;padding:0}nav li a{display:block;padding:6px 8px;border-radius:6px}nav li a:hover{background:var(--soft)}
main{padding:24px;min-inline-size:0}h1{font-size:24px;margin:0 0 8px}h2{font-size:20px;margin:40px 0 8px}h3{font-size:13px;margin:16px 0 4px;color:var(--quiet)}
a{color:var(--accent)}nav a{text-decoration:none}code,pre{font:13px/1.6 ui-monospace,"Cascadia Mono",Consolas,monospace}
input{font:inherit;inline-size:100%;padding:8px 12px;border:1px solid var(--line);border-radius:6px;background:var(--ground);color:inherit}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
details{border:1px solid var(--line);border-radius:10px;margin:8px 0;background:var(--ground)}summary{cursor:pointer;padding:10px 12px;display:flex;gap:12px;flex-wrap:wrap;align-items:baseline}
summary .what{color:var(--quiet);flex:1 1 260px}.inside{padding:0 16px 16px;border-block-start:1px solid var(--line)}
.method{font-weight:600;min-inline-size:56px}.quiet{color:var(--quiet)}table{border-collapse:collapse;inline-size:100%}td{padding:4px 8px 4px 0;vertical-align:top;border-block-end:1px solid var(--line)}
pre{background:var(--soft);border-radius:6px;padding:12px;overflow:auto;margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.code{position:relative}.code button{position:absolute;inset-block-start:6px;inset-inline-end:6px;font:12px system-ui;min-block-size:28px;padding:2px 10px;border:1px solid var(--line);border-radius:6px;background:var(--ground);color:inherit;cursor:pointer}
.top{display:flex;gap:16px;flex-wrap:wrap;align-items:baseline}
@media(max-width:720px){.page{grid-template-columns:minmax(0,1fr)}nav{position:static;block-size:auto;border:0;border-block-end:1px solid var(--line)}nav ul{display:flex;flex-wrap:wrap}main{padding:16px}nav li a,summary{min-block-size:44px}}`;

export const docsScript = `const field=document.querySelector('input');const parts=[...document.querySelectorAll('details[data-words]')];
const groups=[...document.querySelectorAll('section[data-group]')];const nothing=document.querySelector('#nothing');
field.addEventListener('input',()=>{const words=field.value.toLowerCase().split(/\\s+/).filter(Boolean);let any=false;
for(const part of parts){const fits=words.every((word)=>part.dataset.words.includes(word));part.hidden=!fits;any||=fits}
for(const group of groups)group.hidden=!group.querySelector('details[data-words]:not([hidden])');nothing.hidden=any});
for(const button of document.querySelectorAll('button[data-copied]')){const said=button.textContent;button.addEventListener('click',async()=>{
await navigator.clipboard.writeText(button.parentElement.querySelector('pre').textContent);button.textContent=button.dataset.copied;setTimeout(()=>{button.textContent=said},1500)})}
const open=()=>{const aim=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(aim instanceof HTMLDetailsElement)aim.open=true;aim?.scrollIntoView()};
addEventListener('hashchange',open);open();`;
