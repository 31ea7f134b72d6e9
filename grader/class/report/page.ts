/** The frame of every report page: whole in itself, no scripts, nothing loaded from anywhere. */
import { html, type Markup } from "./markup.js";
import { style } from "./style.js";

/** By this a page is known as one that was written here. */
export const generator = html`<meta name="generator" content="unrolled grade" />`;

/**
 * A whole page. Its policy forbids scripts and all loading, should a text get through after all.
 *
 * @param title - of the window
 * @param body - what it shows
 * @param forms - where its forms may go
 */
export function page(title: string, body: Markup, forms: "'none'" | "'self'" = "'none'"): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action ${forms}`;
  const whole = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        ${generator}
        <title>${title}</title>
        ${style}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;
  return whole.text;
}
