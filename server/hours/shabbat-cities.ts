import type { ShabbatCity } from '../../shared/business-hours.ts';
import type { ByLanguage } from '../../shared/language.ts';

export interface CityOnEarth extends ShabbatCity {
  latitude: number;
  longitude: number;
}

/** After sunset, until three stars are seen: usual in Israel and abroad. */
const ENDS_AFTER = { israel: 40, abroad: 50 };

/** `[id, Hebrew, English, latitude, longitude, minutes before sunset]`: candles are lit by the custom of the place. */
type CityLine = readonly [string, string, string, number, number, number];

const israel: readonly CityLine[] = [
  ['jerusalem', 'ירושלים', 'Jerusalem', 31.7683, 35.2137, 40],
  ['tel-aviv', 'תל אביב-יפו', 'Tel Aviv', 32.0853, 34.7818, 20],
  ['haifa', 'חיפה', 'Haifa', 32.794, 34.9896, 30],
  ['rishon-lezion', 'ראשון לציון', 'Rishon LeZion', 31.973, 34.7925, 20],
  ['petah-tikva', 'פתח תקווה', 'Petah Tikva', 32.0871, 34.8875, 40],
  ['ashdod', 'אשדוד', 'Ashdod', 31.8044, 34.6553, 20],
  ['netanya', 'נתניה', 'Netanya', 32.3215, 34.8532, 20],
  ['beer-sheva', 'באר שבע', 'Be’er Sheva', 31.253, 34.7915, 20],
  ['bnei-brak', 'בני ברק', 'Bnei Brak', 32.0849, 34.8352, 20],
  ['holon', 'חולון', 'Holon', 32.0158, 34.7874, 20],
  ['ramat-gan', 'רמת גן', 'Ramat Gan', 32.0684, 34.8248, 20],
  ['rehovot', 'רחובות', 'Rehovot', 31.8928, 34.8113, 20],
  ['bat-yam', 'בת ים', 'Bat Yam', 32.0171, 34.7454, 20],
  ['ashkelon', 'אשקלון', 'Ashkelon', 31.6688, 34.5743, 20],
  ['beit-shemesh', 'בית שמש', 'Beit Shemesh', 31.7497, 34.9886, 20],
  ['kfar-saba', 'כפר סבא', 'Kfar Saba', 32.175, 34.9069, 20],
  ['herzliya', 'הרצליה', 'Herzliya', 32.1624, 34.8447, 20],
  ['hadera', 'חדרה', 'Hadera', 32.434, 34.9196, 20],
  ['modiin', 'מודיעין-מכבים-רעות', 'Modi’in', 31.8903, 35.0104, 20],
  ['raanana', 'רעננה', 'Ra’anana', 32.1848, 34.8713, 20],
  ['lod', 'לוד', 'Lod', 31.951, 34.8881, 20],
  ['nof-hagalil', 'נוף הגליל', 'Nof HaGalil', 32.7079, 35.3173, 20],
  ['nahariya', 'נהריה', 'Nahariya', 33.0085, 35.0981, 20],
  ['acre', 'עכו', 'Acre', 32.9281, 35.0818, 20],
  ['tiberias', 'טבריה', 'Tiberias', 32.7959, 35.5309, 20],
  ['safed', 'צפת', 'Safed', 32.9646, 35.496, 20],
  ['zikhron-yaakov', 'זכרון יעקב', 'Zikhron Ya’akov', 32.5707, 34.9543, 30],
  ['kiryat-shmona', 'קריית שמונה', 'Kiryat Shmona', 33.2073, 35.5721, 20],
  ['dimona', 'דימונה', 'Dimona', 31.0696, 35.0336, 20],
  ['ariel', 'אריאל', 'Ariel', 32.1046, 35.1745, 20],
  ['eilat', 'אילת', 'Eilat', 29.5577, 34.9519, 20],
];

const abroad: readonly CityLine[] = [
  ['new-york', 'ניו יורק', 'New York', 40.7128, -74.006, 18],
  ['los-angeles', 'לוס אנג׳לס', 'Los Angeles', 34.0522, -118.2437, 18],
  ['miami', 'מיאמי', 'Miami', 25.7617, -80.1918, 18],
  ['chicago', 'שיקגו', 'Chicago', 41.8781, -87.6298, 18],
  ['boston', 'בוסטון', 'Boston', 42.3601, -71.0589, 18],
  ['philadelphia', 'פילדלפיה', 'Philadelphia', 39.9526, -75.1652, 18],
  ['washington', 'וושינגטון', 'Washington', 38.9072, -77.0369, 18],
  ['san-francisco', 'סן פרנסיסקו', 'San Francisco', 37.7749, -122.4194, 18],
  ['houston', 'יוסטון', 'Houston', 29.7604, -95.3698, 18],
  ['toronto', 'טורונטו', 'Toronto', 43.6532, -79.3832, 18],
  ['montreal', 'מונטריאול', 'Montreal', 45.5019, -73.5674, 18],
  ['mexico-city', 'מקסיקו סיטי', 'Mexico City', 19.4326, -99.1332, 18],
  ['panama-city', 'פנמה סיטי', 'Panama City', 8.9824, -79.5199, 18],
  ['buenos-aires', 'בואנוס איירס', 'Buenos Aires', -34.6037, -58.3816, 18],
  ['sao-paulo', 'סאו פאולו', 'São Paulo', -23.5505, -46.6333, 18],
  ['rio-de-janeiro', 'ריו דה ז׳ניירו', 'Rio de Janeiro', -22.9068, -43.1729, 18],
  ['santiago', 'סנטיאגו', 'Santiago', -33.4489, -70.6693, 18],
  ['london', 'לונדון', 'London', 51.5074, -0.1278, 18],
  ['manchester', 'מנצ׳סטר', 'Manchester', 53.4808, -2.2426, 18],
  ['paris', 'פריז', 'Paris', 48.8566, 2.3522, 18],
  ['marseille', 'מרסיי', 'Marseille', 43.2965, 5.3698, 18],
  ['antwerp', 'אנטוורפן', 'Antwerp', 51.2194, 4.4025, 18],
  ['amsterdam', 'אמסטרדם', 'Amsterdam', 52.3676, 4.9041, 18],
  ['zurich', 'ציריך', 'Zurich', 47.3769, 8.5417, 18],
  ['berlin', 'ברלין', 'Berlin', 52.52, 13.405, 18],
  ['frankfurt', 'פרנקפורט', 'Frankfurt', 50.1109, 8.6821, 18],
  ['vienna', 'וינה', 'Vienna', 48.2082, 16.3738, 18],
  ['budapest', 'בודפשט', 'Budapest', 47.4979, 19.0402, 18],
  ['prague', 'פראג', 'Prague', 50.0755, 14.4378, 18],
  ['warsaw', 'ורשה', 'Warsaw', 52.2297, 21.0122, 18],
  ['rome', 'רומא', 'Rome', 41.9028, 12.4964, 18],
  ['madrid', 'מדריד', 'Madrid', 40.4168, -3.7038, 18],
  ['athens', 'אתונה', 'Athens', 37.9838, 23.7275, 18],
  ['istanbul', 'איסטנבול', 'Istanbul', 41.0082, 28.9784, 18],
  ['kyiv', 'קייב', 'Kyiv', 50.4501, 30.5234, 18],
  ['moscow', 'מוסקבה', 'Moscow', 55.7558, 37.6173, 18],
  ['baku', 'באקו', 'Baku', 40.4093, 49.8671, 18],
  ['dubai', 'דובאי', 'Dubai', 25.2048, 55.2708, 18],
  ['johannesburg', 'יוהנסבורג', 'Johannesburg', -26.2041, 28.0473, 18],
  ['cape-town', 'קייפטאון', 'Cape Town', -33.9249, 18.4241, 18],
  ['mumbai', 'מומבאי', 'Mumbai', 19.076, 72.8777, 18],
  ['hong-kong', 'הונג קונג', 'Hong Kong', 22.3193, 114.1694, 18],
  ['singapore', 'סינגפור', 'Singapore', 1.3521, 103.8198, 18],
  ['melbourne', 'מלבורן', 'Melbourne', -37.8136, 144.9631, 18],
  ['sydney', 'סידני', 'Sydney', -33.8688, 151.2093, 18],
];

const cities: readonly CityOnEarth[] = [...israel.map(toCity(ENDS_AFTER.israel)), ...abroad.map(toCity(ENDS_AFTER.abroad))];

export function findCity(id: string): CityOnEarth | undefined {
  return cities.find((city) => city.id === id);
}

/** Israel's first, the bigger ones before the smaller. */
export function listCities(): ShabbatCity[] {
  return cities.map(({ id, name, beginsBefore, endsAfter }) => ({ id, name, beginsBefore, endsAfter }));
}

function toCity(endsAfter: number) {
  return ([id, he, en, latitude, longitude, beginsBefore]: CityLine): CityOnEarth => {
    const name: ByLanguage = { he, en };
    return { id, name, beginsBefore, endsAfter, latitude, longitude };
  };
}
