/** The first start: an installation without an agent waits for whoever holds the printed one-time code. */
import { customAlphabet, nanoid } from 'nanoid';
import type { SetupRequest } from '../../shared/agent.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { Db } from '../storage/database.ts';
import { hashToken } from '../transport/token.ts';
import { hasAnyAgent, insertAgent } from './agent-store.ts';
import { newAgentRow } from './agents.ts';
import { findInstallation, insertInstallation, takeSetupCode, updateSetupCode } from './installation-store.ts';
import { openSession, type SignInOrigin } from './sessions.ts';

/** 20 letters and digits that nobody misreads: 98 bits. */
const newSetupCode = customAlphabet('23456789abcdefghjkmnpqrstuvwxyz', 20);

/** The code to print, or null once there is an agent. A later start without an agent gets a new code. */
export async function prepareInstallation(app: App): Promise<string | null> {
  const code = app.config.setupCode ?? newSetupCode();
  return app.storage.write(async (trx) => {
    const isSetUp = await hasAnyAgent(trx);
    if (!(await findInstallation(trx))) {
      await insertInstallation(trx, { id: nanoid(), business: 'Kesher', setupCodeHash: null, createdAt: app.now() });
    }
    if (isSetUp) return null;
    await updateSetupCode(trx, hashToken(code));
    return code;
  });
}

/** Makes the first administrator, signed in. Works once; a wrong code costs a try of the address, and of everybody. */
export async function setUp(app: App, request: SetupRequest, origin: SignInOrigin): Promise<{ agentId: string; token: string }> {
  await app.limits.spend('addressSignIns', origin.address);
  await app.limits.spend('setups', 'installation');
  await requireSetupCode(app.storage.db, request.code);
  const agent = await newAgentRow(app, { ...request, role: 'administrator' });
  await app.storage.write(async (trx) => {
    // Of two who hold the code, the second finds it used.
    if (!(await takeSetupCode(trx, hashToken(request.code), request.business))) await requireSetupCode(trx, request.code);
    await insertAgent(trx, agent);
  });
  await app.limits.refund('addressSignIns', origin.address);
  return { agentId: agent.id, token: await openSession(app, agent.id, origin) };
}

async function requireSetupCode(db: Db, code: string): Promise<void> {
  const installation = await findInstallation(db);
  if (installation?.setupCodeHash === hashToken(code)) return;
  if (await hasAnyAgent(db)) throw new AppError('conflict', 'Kesher has been set up already. Please sign in.');
  throw new AppError('forbidden', 'The setup code is not right. The server prints it when it starts.', { field: 'code' });
}
