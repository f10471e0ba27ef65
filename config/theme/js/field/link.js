// Speaking with the service: what comes back is one of a few things that the app knows what to do about.
const LONGEST = 30000;

export class Link {
  constructor(addresses) {
    this.addresses = addresses;
    this.csrf = '';
  }

  // { is: 'answer' | 'sign_in' | 'signed_out' | 'refused' | 'no_link', told }
  async ask(address, options = {}) {
    const impatient = new AbortController();
    const timer = setTimeout(() => impatient.abort(), LONGEST);
    try {
      const answer = await fetch(address, { cache: 'no-store', redirect: 'manual', signal: impatient.signal, ...options });
      // To be led to the sign-in is an answer too.
      if (answer.type === 'opaqueredirect' || answer.status === 403) return { is: 'sign_in' };
      if (answer.status === 410) return { is: 'signed_out' };
      if (answer.status >= 500 || answer.status === 429) return { is: 'no_link' };
      const told = answer.status === 204 ? {} : await answer.json();
      return { is: answer.ok ? 'answer' : 'refused', told };
    } catch (failed) {
      return { is: 'no_link' };
    } finally {
      clearTimeout(timer);
    }
  }

  async session() {
    const found = await this.ask(this.addresses.session);
    if (found.is === 'answer') this.csrf = found.told.csrf;
    return found;
  }

  standing(device) {
    return this.ask(this.addresses.standing.replace('00000000-0000-0000-0000-000000000000', device), { credentials: 'omit' });
  }

  post(which, fields, file) {
    const body = new FormData();
    Object.entries(fields).forEach(([name, value]) => body.set(name, JSON.stringify(value)));
    if (file) body.set('file', new Blob([file]), 'file');
    return this.ask(this.addresses[which], { method: 'POST', body, headers: { 'X-CSRFToken': this.csrf } });
  }
}
