import type { Comparison } from '../../shared/merging.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { movesText } from './moves-text.ts';
import styles from './what-comes.module.css';

/** What nobody has to choose: phones and e-mails of both, tags of both, and everything that stands in the other file. */
export function WhatComes({ comparison: { contact, other, tags, moves } }: { comparison: Comparison }) {
  const own = new Map(contact.identities.map((identity) => [`${identity.kind} ${identity.value}`, identity]));
  const theirs = new Map(other.identities.map((identity) => [`${identity.kind} ${identity.value}`, identity]));
  const reach = [...new Map([...theirs, ...own])];
  const allTags = [...new Set([...tags.this, ...tags.other])];
  return (
    <dl class={styles.facts}>
      {reach.length > 0 && (
        <>
          <dt>{t('merge.reach')}</dt>
          <dd class={styles.values}>
            {reach.map(([key, { value }]) => (
              <span key={key} class={styles.value}>
                <bdi dir="ltr">{value}</bdi>
                {(own.get(key)?.isVerified || theirs.get(key)?.isVerified) && <Badge tone="green">{t('merge.verified')}</Badge>}
                {own.has(key) && theirs.has(key) && !contact.isMasked && <Badge>{t('merge.inBoth')}</Badge>}
              </span>
            ))}
          </dd>
        </>
      )}
      {allTags.length > 0 && (
        <>
          <dt>{t('merge.tags')}</dt>
          <dd class={styles.values}>
            {allTags.map((tag) => (
              <Badge key={tag}>
                <bdi>{tag}</bdi>
              </Badge>
            ))}
          </dd>
        </>
      )}
      <dt>{t('merge.moves')}</dt>
      <dd>{movesText(moves) || t('merge.movesNothing')}</dd>
    </dl>
  );
}
