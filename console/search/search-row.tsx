import { marksIn } from '../../shared/marks.ts';
import type { SearchHit } from '../../shared/search.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Excerpt } from '../ui/excerpt.tsx';
import { Icon } from '../ui/icon.tsx';
import { MarkedText } from '../ui/marked-text.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import styles from './search-row.module.css';

interface SearchRowProps {
  hit: SearchHit;
  words: ReadonlySet<string>;
  agentId: string;
}

/** What one find shows, wherever it is listed; the row around it is a link or an option. */
export function SearchRow({ hit, words, agentId }: SearchRowProps) {
  const contact = hit.kind === 'contact' ? hit.contact : hit.conversation.contact;
  const name = contactName(contact);
  return (
    <>
      <Avatar name={contact.name} seed={contact.id} size="small" />
      <span class={styles.main}>
        <span class={styles.line}>
          <span class={styles.name}>
            <MarkedText text={name} marks={marksIn(name, words)} />
          </span>
          <RelativeTime class={styles.time} at={momentOf(hit)} />
        </span>
        <span class={styles.line}>
          <Detail hit={hit} words={words} agentId={agentId} />
        </span>
      </span>
    </>
  );
}

function Detail({ hit, words, agentId }: SearchRowProps) {
  if (hit.kind === 'message') {
    const { author, visibility, text } = hit.message;
    const isVisitor = author.kind === 'visitor';
    const who = author.id === agentId ? t('message.you') : (author.name ?? t(author.kind === 'bot' ? 'message.bot' : 'message.agent'));
    return (
      <Excerpt
        text={text}
        marks={marksIn(text, words)}
        before={
          <>
            {visibility === 'internal' && <Icon name="lock" size="small" label={t('message.note')} />}
            {!isVisitor && (
              <span class={styles.author}>
                <bdi>{who}</bdi>
                {': '}
              </span>
            )}
          </>
        }
      />
    );
  }
  if (hit.kind === 'contact') {
    const { identities, company } = hit.contact;
    const reach = identities.filter(({ kind }) => kind !== 'external').map(({ value }) => value);
    return (
      <span class={styles.facts}>
        {company && <OneLine text={company} />}
        {reach.map((value) => (
          <bdi key={value} dir="ltr">
            {value}
          </bdi>
        ))}
      </span>
    );
  }
  const { status, lastMessage, tags } = hit.conversation;
  return (
    <span class={styles.facts}>
      <Badge tone={status === 'open' ? 'accent' : 'neutral'}>{t(`status.${status}`)}</Badge>
      {lastMessage && <OneLine class={styles.last} text={lastMessage.text} />}
      {tags.map((tag) => (
        <bdi key={tag} class={styles.tag}>
          {tag}
        </bdi>
      ))}
    </span>
  );
}

function momentOf(hit: SearchHit): number {
  if (hit.kind === 'message') return hit.message.createdAt;
  return hit.kind === 'contact' ? hit.contact.lastSeenAt : hit.conversation.updatedAt;
}
