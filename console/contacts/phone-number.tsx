interface PhoneNumberProps {
  phone: string;
  /** Only its end is known here: there is nothing to dial. */
  isMasked?: boolean | undefined;
  class?: string | undefined;
}

export function PhoneNumber({ phone, isMasked = false, class: className }: PhoneNumberProps) {
  if (isMasked) {
    return (
      <bdi class={className} dir="ltr">
        {phone}
      </bdi>
    );
  }
  return (
    <a class={className} href={`tel:${phone}`} dir="ltr">
      {phone}
    </a>
  );
}
