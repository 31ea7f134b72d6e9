/**
 * Who may use the desk: whoever has the token that the command printed.
 *
 * The address with the token in it gives a cookie and leads on to one without. Every request must name the desk's own
 * host, so that no other name that leads to this machine is served (DNS rebinding); whatever changes something must
 * come from one of the desk's own pages, which the browser says in Origin: another page's form, also one of another
 * port of this machine, has another origin.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";

const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "same-origin", // "no-referrer" would take the origin from the forms
  "X-Content-Type-Options": "nosniff",
};

/**
 * Refuses who has no token, and what comes from elsewhere.
 *
 * @param token - the secret
 * @param port - on which the desk is served, to know its own address
 * @returns a middleware for all requests
 */
export function guard(token: string, port: number): MiddlewareHandler {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const cookie = `desk_${port}`; // a browser gives all ports of a host the same cookies
  return async (c, next) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    const url = new URL(c.req.url);
    if (!hosts.includes(url.host)) return c.text("The desk: not served under this name.", 421);
    if (c.req.method !== "GET" && c.req.header("origin") !== url.origin)
      return c.text("The desk: this form was not one of its own pages'.", 403);
    if (c.req.method === "GET" && isSame(c.req.query("token") ?? "", token)) {
      setCookie(c, cookie, token, { httpOnly: true, sameSite: "Strict", path: "/" });
      return c.redirect("/", 303);
    }
    if (!isSame(getCookie(c, cookie) ?? "", token))
      return c.text("The desk: open the address that the command printed, with its token.", 401);
    return await next();
  };
}

/** Compares without telling by its time how much is right. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
