import { useState } from 'preact/hooks';
import type { Permission } from '../../shared/agent.ts';
import type { Http } from '../http.ts';
import { PasswordCard } from '../people/password-card.tsx';
import { TwoFactorCard } from '../people/two-factor-card.tsx';
import { SessionRows } from './session-rows.tsx';
import { TokenRows } from './token-rows.tsx';

interface SecuritySettingsProps {
  http: Http;
  hasTwoFactor: boolean;
  /** What the agent may do. */
  mine: readonly Permission[];
  onChanged: () => void;
}

/** The agent's own password and second factor, where it is signed in, and the keys of programs that act for it. */
export function SecuritySettings({ http, hasTwoFactor, mine, onChanged }: SecuritySettingsProps) {
  const [passwordCount, setPasswordCount] = useState(0);
  return (
    <>
      <PasswordCard http={http} onChanged={() => setPasswordCount((count) => count + 1)} />
      <TwoFactorCard http={http} hasTwoFactor={hasTwoFactor} onChanged={onChanged} />
      <SessionRows key={passwordCount} http={http} />
      {mine.includes('tokens:manage') && <TokenRows http={http} mine={mine} />}
    </>
  );
}
