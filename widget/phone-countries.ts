/**
 * Just enough of the world's phones for a form: dial codes, how long numbers are, and which time zones lie where. Whether a
 * number exists, the server judges.
 *
 * Each entry: country, dial code, fewest and most digits without the leading zero, then its time zones' cities.
 */
const countries =
  `IL 972 8 9 Jerusalem Tel_Aviv|US 1 10 10 New_York Chicago Denver Los_Angeles Phoenix Detroit Honolulu Anchorage|GB 44 9 10 London|FR 33 9 9 Paris
DE 49 6 11 Berlin|RU 7 10 10 Moscow Samara Yekaterinburg Novosibirsk|UA 380 9 9 Kyiv Kiev|CA 1 10 10 Toronto Vancouver Montreal Edmonton Winnipeg Halifax
AE 971 8 9 Dubai|AM 374 8 8 Yerevan|AR 54 10 11 Buenos_Aires|AT 43 4 13 Vienna|AU 61 9 9 Sydney Melbourne Brisbane Perth Adelaide|AZ 994 9 9 Baku|BD 880 8 10 Dhaka|BE 32 8 9 Brussels
BG 359 7 9 Sofia|BH 973 8 8 Bahrain|BR 55 10 11 Sao_Paulo|BY 375 9 9 Minsk|CH 41 9 9 Zurich|CL 56 9 9 Santiago|CN 86 10 11 Shanghai|CO 57 10 10 Bogota|CY 357 8 8 Nicosia|CZ 420 9 9 Prague
DK 45 8 8 Copenhagen|DZ 213 8 9 Algiers|EE 372 7 8 Tallinn|EG 20 8 10 Cairo|ES 34 9 9 Madrid|ET 251 9 9 Addis_Ababa|FI 358 5 12 Helsinki|GE 995 9 9 Tbilisi|GH 233 9 9 Accra|GR 30 10 10 Athens
HK 852 8 8 Hong_Kong|HR 385 8 9 Zagreb|HU 36 8 9 Budapest|ID 62 8 12 Jakarta|IE 353 7 9 Dublin|IN 91 10 10 Kolkata Calcutta|IQ 964 8 10 Baghdad|IS 354 7 7 Reykjavik|IT 39 6 11 Rome
JO 962 8 9 Amman|JP 81 9 10 Tokyo|KE 254 9 9 Nairobi|KR 82 8 10 Seoul|KW 965 8 8 Kuwait|KZ 7 10 10 Almaty|LB 961 7 8 Beirut|LK 94 9 9 Colombo|LT 370 8 8 Vilnius|LU 352 4 11 Luxembourg|LV 371 8 8 Riga
MA 212 9 9 Casablanca|MD 373 8 8 Chisinau|MX 52 10 10 Mexico_City|MY 60 8 10 Kuala_Lumpur|NG 234 8 10 Lagos|NL 31 9 9 Amsterdam|NO 47 8 8 Oslo|NP 977 8 10 Kathmandu|NZ 64 8 10 Auckland|OM 968 8 8 Muscat
PE 51 8 9 Lima|PH 63 8 10 Manila|PK 92 9 10 Karachi|PL 48 9 9 Warsaw|PS 970 8 9 Gaza Hebron|PT 351 9 9 Lisbon|QA 974 8 8 Qatar|RO 40 9 9 Bucharest|RS 381 8 9 Belgrade|SA 966 8 9 Riyadh|SE 46 7 9 Stockholm
SG 65 8 8 Singapore|SI 386 8 8 Ljubljana|SK 421 9 9 Bratislava|TH 66 8 9 Bangkok|TN 216 8 8 Tunis|TR 90 10 10 Istanbul|TW 886 8 9 Taipei|UZ 998 9 9 Tashkent|VN 84 9 10 Ho_Chi_Minh|ZA 27 9 9 Johannesburg
AO 244 9 9 Luanda|BO 591 8 8 La_Paz|CM 237 8 9 Douala|CR 506 8 8 Costa_Rica|CU 53 6 8 Havana|DO 1 10 10 Santo_Domingo|EC 593 8 9 Guayaquil|GT 502 8 8 Guatemala|HN 504 8 8 Tegucigalpa|KG 996 9 9 Bishkek|LY 218 9 9 Tripoli|MZ 258 8 9 Maputo
NI 505 8 8 Managua|PA 507 7 8 Panama|PY 595 7 9 Asuncion|SD 249 9 9 Khartoum|SN 221 9 9 Dakar|SV 503 8 8 El_Salvador|SY 963 8 9 Damascus|TJ 992 9 9 Dushanbe|TM 993 8 8 Ashgabat|UY 598 8 8 Montevideo|VE 58 10 10 Caracas|YE 967 7 9 Aden`
    .split(/[|\n]/)
    .map((entry) => {
      const [code = '', dial = '', fewest, most, ...cities] = entry.split(' ');
      return { code, dial, fewest: Number(fewest), most: Number(most), cities };
    });

/** Fetched only where a phone is asked for. */
export interface PhoneRules {
  guessCountry: typeof guessCountry;
  toInternational: typeof toInternational;
}

export const phoneCountries: readonly { code: string; dial: string }[] = countries;

/** Where this browser is likely to be: by its clock, else by its languages, in their order; one without a country stands for its largest. */
export function guessCountry(languages: readonly string[] = navigator.languages, zone = currentZone()): string {
  const city = zone.split('/').at(-1) ?? '';
  const named = languages.map((tag) => tag.match(/-([A-Z]{2})\b/)?.[1]);
  const likely = languages.map((tag) => new Intl.Locale(tag).maximize().region);
  const byZone = countries.find(({ cities }) => cities.includes(city));
  const byLanguage = [...named, ...likely].map((region) => countries.find(({ code }) => code === region)).find(Boolean);
  return (byZone ?? byLanguage ?? countries[0])?.code ?? '';
}

function currentZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}

/** As it can be dialled from anywhere; null where no phone can be meant. A number that begins with + or 00 brings its own country. */
export function toInternational(typed: string, country: string): string | null {
  const digits = typed.replace(/\D/g, '');
  if (!/^[+\d\s().\-–/]+$/.test(typed)) return null;
  const foreign = typed.trim().startsWith('+') ? digits : digits.startsWith('00') ? digits.slice(2) : null;
  if (foreign !== null) return foreign.length >= 7 && foreign.length <= 15 ? `+${foreign}` : null;
  const known = countries.find(({ code }) => code === country);
  if (!known) return null;
  // The zero before a number within its country; in Italy it belongs to the number, around Russia it is an 8.
  const national = country === 'IT' ? digits : known.dial === '7' ? digits.replace(/^8(?=\d{10}$)/, '') : digits.replace(/^0/, '');
  return national.length >= known.fewest && national.length <= known.most ? `+${known.dial}${national}` : null;
}

/** In the groups in which a number is read aloud. What holds more than digits and separators is left as it is. */
export function groupDigits(typed: string, country: string): string {
  if (!/^[\d\s-]+$/.test(typed)) return typed;
  const digits = typed.replace(/\D/g, '');
  const isIsraeli = country === 'IL';
  const isAmerican = country === 'US' || country === 'CA';
  // A mobile number or an area code of three digits, or an area code of two.
  const first = isIsraeli && !/^0?[57]/.test(digits) ? 2 : 3;
  const rest = digits.slice(first);
  const groups = [
    digits.slice(0, first),
    rest.slice(0, 3),
    ...(isIsraeli || isAmerican ? [rest.slice(3)] : (rest.slice(3).match(/.{1,3}/g) ?? [])),
  ];
  return groups.filter(Boolean).join(isIsraeli || isAmerican ? '-' : ' ');
}
