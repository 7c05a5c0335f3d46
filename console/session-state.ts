/** Who is signed in at this browser. Knows forms' refusals and the end of a session, nothing of conversations. */
import { signal } from '@preact/signals';
import type { Permission, SetupRequest, SignedInAgent, SignInRequest } from '../shared/agent.ts';
import type { Reply } from '../shared/errors.ts';
import type { Http } from './http.ts';

export type SessionPhase = 'checking' | 'unreachable' | 'signed-out' | 'signed-in';

export class SessionState {
  readonly phase = signal<SessionPhase>('checking');
  /** Set while signed in. */
  readonly agent = signal<SignedInAgent | null>(null);
  /** The server ended the session, not the agent: what is unsent stays and goes out after the next sign-in. */
  readonly wasEnded = signal(false);
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Asks the server who we are. A server that cannot be reached is no sign-out. */
  async check(): Promise<void> {
    const reply = await this.#http.get<SignedInAgent>('/session');
    if (reply.ok) return this.#enter(reply.data);
    this.phase.value = reply.error.code === 'unauthenticated' ? 'signed-out' : 'unreachable';
  }

  async signIn(request: SignInRequest): Promise<Reply<SignedInAgent>> {
    return this.#entering(await this.#http.post<SignedInAgent>('/session', request));
  }

  async setUp(request: SetupRequest): Promise<Reply<SignedInAgent>> {
    return this.#entering(await this.#http.post<SignedInAgent>('/setup', request));
  }

  /** Signed in by another door: an invitation's link. */
  enter(agent: SignedInAgent): void {
    this.#enter(agent);
  }

  /** Only a server that said so has forgotten the session: without its word we stay signed in. */
  async signOut(): Promise<Reply<unknown>> {
    const reply = await this.#http.delete('/session');
    if (!reply.ok && reply.error.code !== 'unauthenticated') return reply;
    this.wasEnded.value = false;
    this.#leave();
    return { ok: true, data: undefined };
  }

  /** The server said that the session is over. */
  end(): void {
    if (this.phase.value !== 'signed-in') return;
    this.wasEnded.value = true;
    this.#leave();
  }

  refresh(agent: SignedInAgent): void {
    this.agent.value = agent;
  }

  may(permission: Permission): boolean {
    return this.agent.value?.permissions.includes(permission) ?? false;
  }

  #entering(reply: Reply<SignedInAgent>): Reply<SignedInAgent> {
    if (reply.ok) this.#enter(reply.data);
    return reply;
  }

  #enter(agent: SignedInAgent): void {
    this.agent.value = agent;
    this.wasEnded.value = false;
    this.phase.value = 'signed-in';
  }

  #leave(): void {
    this.phase.value = 'signed-out';
    this.agent.value = null;
  }
}
