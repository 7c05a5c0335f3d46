import { useEffect, useRef, useState } from 'preact/hooks';
import type { WidgetSettings } from '../../shared/inbox.ts';
import { type Language, languageNames } from '../../shared/language.ts';
import { asksAnything } from '../../shared/pre-chat-asks.ts';
import type { PreviewNews, PreviewScene, PreviewWish } from '../../shared/preview-wish.ts';
import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { textLanguages } from './said-field.tsx';
import styles from './widget-preview.module.css';

interface WidgetPreviewProps {
  settings: WidgetSettings;
  language: Language;
  onLanguage: (language: Language) => void;
}

const scenes = ['launcher', 'welcome', 'form', 'queue', 'conversation', 'closed'] as const;
const screens = { desktop: { width: 560, height: 720 }, phone: { width: 375, height: 667 } };

/** The visitor's own widget with the settings as they stand in the form, saved or not. */
export function WidgetPreview({ settings, language, onLanguage }: WidgetPreviewProps) {
  const [scene, setScene] = useState<PreviewScene>('welcome');
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  const [screen, setScreen] = useState<keyof typeof screens>('desktop');
  const shownTheme = settings.theme === 'auto' ? theme : settings.theme;
  return (
    <section class={styles.preview} aria-label={t('inbox.preview')}>
      <div class={styles.choices}>
        <SelectField
          label={t('inbox.previewScene')}
          isLabelHidden
          value={scene}
          options={scenes.map((value) => ({ value, label: t(`inbox.scene.${value}`) }))}
          onChoose={setScene}
        />
        <SelectField
          label={t('inbox.previewLanguage')}
          isLabelHidden
          value={language}
          options={textLanguages().map((value) => ({ value, label: languageNames[value] }))}
          onChoose={onLanguage}
        />
        <Segmented
          label={t('inbox.previewScreen')}
          value={screen}
          options={[
            { value: 'desktop', label: t('inbox.desktop'), icon: 'monitor' },
            { value: 'phone', label: t('inbox.phone'), icon: 'smartphone' },
          ]}
          onChoose={setScreen}
        />
        {settings.theme === 'auto' && (
          <Segmented
            label={t('inbox.previewTheme')}
            value={theme}
            options={[
              { value: 'light', label: t('theme.light'), icon: 'sun' },
              { value: 'dark', label: t('theme.dark'), icon: 'moon' },
            ]}
            onChoose={setTheme}
          />
        )}
      </div>
      <Stage wish={{ kesherPreview: 'show', scene, language, theme: shownTheme, settings }} {...screens[screen]} />
      {scene === 'form' && !asksAnything(settings.preChat) && <p class={styles.note}>{t('inbox.previewNoForm')}</p>}
      <p class={styles.note}>{t('inbox.previewHint')}</p>
    </section>
  );
}

/** A picture that is newly drawn after each key would flicker. */
const REDRAW_MS = 200;

/**
 * Most changes reach the widget that stands there, as they would reach an open page. What decides on how it begins (the scene,
 * the launcher) needs a new one: it is raised behind the old one, which leaves when the new one stands.
 */
function Stage({ wish, width, height }: { wish: PreviewWish; width: number; height: number }) {
  const { scene, language, theme, settings } = wish;
  const beginning = useSettled(JSON.stringify([scene, language, theme, scene === 'launcher' ? settings : settings.launcher, width]));
  const [shown, setShown] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const scale = useScale(box, width, height);
  const frames = shown === null || shown === beginning ? [beginning] : [shown, beginning];
  return (
    <div ref={box} class={styles.stage} dir="ltr" style={{ blockSize: `${height * scale}px` }}>
      {frames.map((key) => (
        <Frame key={key} wish={wish} isShown={key === shown} style={{ width, height, scale }} onShown={() => setShown(key)} />
      ))}
    </div>
  );
}

interface FrameProps {
  wish: PreviewWish;
  isShown: boolean;
  style: { width: number; height: number; scale: number };
  onShown: () => void;
}

function Frame({ wish, isShown, style, onShown }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const isReady = useRef(false);
  const newest = useRef({ wish, onShown });
  newest.current = { wish, onShown };
  // It has no origin of its own that could be named; what it is told is public anyway.
  const tell = () => frame.current?.contentWindow?.postMessage(newest.current.wish, '*');
  useEffect(() => {
    const hear = ({ source, data }: MessageEvent<PreviewNews>) => {
      if (source !== frame.current?.contentWindow) return;
      if (data?.kesherPreview === 'shown') newest.current.onShown();
      if (data?.kesherPreview !== 'ready') return;
      isReady.current = true;
      tell();
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (isReady.current) tell();
  }, [JSON.stringify(wish)]);
  return (
    <iframe
      ref={frame}
      class={styles.frame}
      title={t('inbox.preview')}
      src="/console/preview"
      sandbox="allow-scripts"
      data-shown={isShown || undefined}
      style={{ inlineSize: `${style.width}px`, blockSize: `${style.height}px`, transform: `scale(${style.scale})` }}
    />
  );
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), REDRAW_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** So small that the whole screen is in sight, never larger than it is. */
function useScale(box: { current: HTMLElement | null }, width: number, height: number): number {
  const [available, setAvailable] = useState(0);
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setAvailable(entry?.contentRect.width ?? 0));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return Math.min(1, (available || width) / width, 640 / height);
}
