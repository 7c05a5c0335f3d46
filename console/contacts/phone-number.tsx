interface PhoneNumberProps {
  phone: string;
  /** Only its end is known here: there is nothing to dial. */
  isMasked?: boolean | undefined;
  class?: string | undefined;
  /** Claims the call before it dials; without it the link dials by itself. */
  onCall?: (() => void) | undefined;
}

export function PhoneNumber({ phone, isMasked = false, class: className, onCall }: PhoneNumberProps) {
  if (isMasked) {
    return (
      <bdi class={className} dir="ltr">
        {phone}
      </bdi>
    );
  }
  return (
    <a
      class={className}
      href={`tel:${phone}`}
      dir="ltr"
      onClick={(event) => {
        if (!onCall) return;
        event.preventDefault();
        onCall();
      }}
    >
      {phone}
    </a>
  );
}
