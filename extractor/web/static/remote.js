// Articles and answers from the review desk's server.

const TOKEN_HEADER = "X-Desk-Token";
const PATIENCE = 20_000; // milliseconds; a pasted article may take longer
const LONG = new Set(["/api/extract", "/export/table"]);

export class RemoteSource {
  constructor() {
    this.token = document.querySelector("meta[name=desk-token]").content;
  }

  index() {
    return this.get("/api/index");
  }

  article(n) {
    return this.get(`/api/articles/${n}`);
  }

  async search(query) {
    if (!query.trim()) return null;
    return new Set(await this.get(`/api/search?${new URLSearchParams({ q: query.slice(0, 200) })}`));
  }

  async get(path) {
    const answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  // Gives the answer itself: the caller knows which refusals mean something. After a restart of the server the page's
  // token is an old one; a new one is asked for once.
  async post(path, body, again = true) {
    const form = body instanceof FormData;
    const headers = { [TOKEN_HEADER]: this.token, ...(form ? {} : { "Content-Type": "application/json" }) };
    const signal = LONG.has(path) ? undefined : AbortSignal.timeout(PATIENCE);
    const answer = await fetch(path, { method: "POST", headers, signal, body: form ? body : JSON.stringify(body) });
    if (answer.status !== 403 || !again) return answer;
    this.token = (await this.get("/api/state?after=999999999")).token;
    return this.post(path, body, false);
  }
}
