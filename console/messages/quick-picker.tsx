import { useEffect } from 'preact/hooks';
import { MacroStepList } from '../canned/macro-step-list.tsx';
import { MarkedGaps } from '../canned/marked-gaps.tsx';
import type { Offer } from '../canned/offers.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './quick-picker.module.css';
import { type QuickSource, replyOf } from './quick-source.ts';

interface QuickPickerProps {
  id: string;
  source: QuickSource;
  offers: readonly Offer[];
  active: Offer | undefined;
  isLoading: boolean;
  onActivate: (id: string) => void;
  onChoose: (offer: Offer) => void;
}

/** What fits, and beside it what the active one would say to this customer. */
export function QuickPicker({ id, source, offers, active, isLoading, onActivate, onChoose }: QuickPickerProps) {
  useEffect(() => {
    if (active) document.getElementById(`${id}-${active.id}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [id, active?.id]);
  const hasFailed = source.repertoire.canned.phase.value === 'failed';
  const state = isLoading
    ? t('state.loading')
    : offers.length > 0
      ? t('canned.found', { count: offers.length })
      : hasFailed
        ? t('canned.loadFailed')
        : t('canned.nothing');
  return (
    <div class={styles.picker} onPointerDown={(event) => event.preventDefault()}>
      <div id={id} class={styles.list} role="listbox" aria-label={t('canned.insert')} aria-busy={isLoading}>
        {offers.map((offer) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the text keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text's
          <div
            key={offer.id}
            id={`${id}-${offer.id}`}
            role="option"
            aria-selected={offer === active}
            class={styles.option}
            onClick={() => onChoose(offer)}
            onPointerMove={() => onActivate(offer.id)}
          >
            <OfferName offer={offer} />
          </div>
        ))}
      </div>
      {active && <Preview source={source} offer={active} />}
      <p class={offers.length > 0 ? 'visually-hidden' : styles.state} role="status">
        {state}
      </p>
    </div>
  );
}

function OfferName({ offer }: { offer: Offer }) {
  if (offer.kind === 'macro') {
    return (
      <>
        <Icon name="zap" size="small" />
        <bdi class={styles.title}>{offer.macro.name}</bdi>
        <span class={styles.kind}>{t('macro.one')}</span>
      </>
    );
  }
  const { title, shortcut, files } = offer.response;
  return (
    <>
      <Icon name="message-square-text" size="small" />
      <bdi class={styles.title}>{title}</bdi>
      {files.length > 0 && <Icon name="paperclip" size="small" />}
      <bdi class={styles.kind} dir="auto">
        /{shortcut}
      </bdi>
    </>
  );
}

function Preview({ source, offer }: { source: QuickSource; offer: Offer }) {
  const said = replyOf(source, offer);
  return (
    <div class={styles.preview} aria-hidden="true">
      {said && (
        <p class={styles.said} dir="auto">
          <MarkedGaps text={said.text} />
        </p>
      )}
      {said?.response?.files.map((file) => (
        <span key={file.id} class={styles.file}>
          <Icon name="paperclip" size="small" />
          <bdi>{file.name}</bdi>
        </span>
      ))}
      {offer.kind === 'macro' && <MacroStepList steps={offer.macro.steps} />}
    </div>
  );
}
