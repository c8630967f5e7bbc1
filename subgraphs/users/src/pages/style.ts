/** The style of all pages: the web client's colours and type, small enough to inline in each page. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #0e1113; --soft: #56606a; --paper: #f8f9fb; --card: #fff; --line: #ccd6dd;
  --accent: #0b6c78; --accent-ink: #fff; --bad: #a8211f; --bad-paper: #fdecec }
@media (prefers-color-scheme: dark) { :root { --ink: #d8dee3; --soft: #b8c0c7; --paper: #14181b; --card: #1c2125;
  --line: #3a434a; --accent: #4eaeb8; --accent-ink: #0e1113; --bad: #ffb3b0; --bad-paper: #3a1a1a } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--paper);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 400px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 32px 28px }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 700; letter-spacing: .01em; margin: 0 0 24px }
h1 { font-size: 24px; line-height: 1.25; margin: 0 }
.lead { color: var(--soft); margin: 4px 0 24px }
label { display: block; font-weight: 600; margin: 16px 0 4px }
input { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--soft); border-radius: 8px }
.hint { color: var(--soft); font-size: 14px; margin: 4px 0 0 }
button, .button { display: block; width: 100%; min-height: 44px; margin-top: 24px; padding: 9px 16px; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; color: var(--accent-ink); background: var(--accent); border: 0; border-radius: 8px; cursor: pointer }
.quiet { color: var(--accent); background: transparent; border: 1px solid var(--line); margin-top: 12px }
a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.error { color: var(--bad); background: var(--bad-paper); border-radius: 8px; padding: 10px 14px; margin: 0 0 8px }
.other { margin: 20px 0 0; text-align: center; color: var(--soft) }
`;
