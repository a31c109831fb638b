// What has been decided, by article and target, kept up with what others decide meanwhile.

const EVERY = 5000; // milliseconds between two looks at the server

export class Decisions {
  constructor(source) {
    this.source = source;
    this.revision = 0;
    this.reviewer = "";
    this.states = new Map();
  }

  of(key, target) {
    return this.states.get(`${key}\n${target}`) ?? { base: 0, decision: null, history: [] };
  }

  // The figures that reviewers added to an article.
  added(key) {
    const found = [];
    for (const { article, decision } of this.states.values()) if (article === key && decision?.figure) found.push(decision.figure);
    return found;
  }

  take(state) {
    this.states.set(`${state.article}\n${state.target}`, state);
  }

  // Takes in what is new; gives the keys of the articles concerned.
  async look() {
    const { revision, states, reviewer, token } = await this.source.get(`/api/state?after=${this.revision}`);
    this.reviewer = reviewer;
    this.source.token = token;
    states.forEach((state) => this.take(state));
    this.revision = Math.max(this.revision, revision ?? 0);
    return new Set(states.map((state) => state.article));
  }

  // The answer to a decision of our own; others may have decided just before, then the next look brings both.
  takeOwn({ state, revision }) {
    this.take(state);
    if (revision === this.revision + 1) this.revision = revision;
  }

  // Looks again and again; `changed` is called when others decided, `lost` when the server cannot be reached.
  watch(changed, lost) {
    const again = async () => {
      try {
        const news = await this.look();
        lost(false);
        if (news.size) changed(news);
      } catch {
        lost(true);
      }
      setTimeout(again, EVERY);
    };
    setTimeout(again, EVERY);
  }
}
