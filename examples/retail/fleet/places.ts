/** How dense a place is: it decides sizes, drive-throughs and hours. */
export type Density = 'dense' | 'urban' | 'suburban' | 'rural';

/** A place, as it is written below: some countries have regions, some states have cities, some cities have boroughs. */
export interface Place {
  title: string;
  zone?: string;
  /** Share of all stores; only of places without places below. */
  weight?: number;
  density?: Density;
  /** Share of stores with menus in a second language, from here down. */
  spanish?: number;
  french?: number;
  /** Set where a place is a state or province: stores carry it as a label. */
  state?: string;
  values?: Record<string, string>;
  places?: Record<string, Place>;
}

const EAST = 'America/New_York';
const CENTRAL = 'America/Chicago';
const MOUNTAIN = 'America/Denver';
const WEST = 'America/Los_Angeles';

function city(
  title: string,
  weight: number,
  density: Density = 'urban',
): Place {
  return { title, weight, density };
}

function state(code: string, title: string, rest: Omit<Place, 'title'>): Place {
  return {
    title,
    state: code,
    values: { taxRegion: `us-${code}` },
    density: 'suburban',
    ...rest,
  };
}

const NORTHEAST: Place = {
  title: 'Northeast',
  zone: EAST,
  places: {
    ny: state('ny', 'New York', {
      places: {
        nyc: {
          title: 'New York City',
          spanish: 0.35,
          places: {
            manhattan: city('Manhattan', 26, 'dense'),
            brooklyn: city('Brooklyn', 20, 'dense'),
            queens: city('Queens', 18),
          },
        },
        buffalo: city('Buffalo', 9, 'suburban'),
        albany: city('Albany', 7, 'suburban'),
      },
    }),
    ma: state('ma', 'Massachusetts', {
      places: {
        boston: city('Boston', 18),
        worcester: city('Worcester', 7, 'suburban'),
      },
    }),
    pa: state('pa', 'Pennsylvania', {
      places: {
        philadelphia: city('Philadelphia', 22),
        pittsburgh: city('Pittsburgh', 13, 'suburban'),
      },
    }),
    nj: state('nj', 'New Jersey', { weight: 22 }),
    ct: state('ct', 'Connecticut', { weight: 10 }),
    vt: state('vt', 'Vermont', { weight: 3, density: 'rural' }),
    me: state('me', 'Maine', { weight: 4, density: 'rural' }),
  },
};

const SOUTHEAST: Place = {
  title: 'Southeast',
  zone: EAST,
  places: {
    fl: state('fl', 'Florida', {
      spanish: 0.3,
      places: {
        miami: { ...city('Miami', 24), spanish: 0.7 },
        orlando: city('Orlando', 16, 'suburban'),
        tampa: city('Tampa', 14, 'suburban'),
      },
    }),
    ga: state('ga', 'Georgia', {
      places: {
        atlanta: {
          title: 'Atlanta',
          places: {
            midtown: city('Midtown', 8, 'dense'),
            perimeter: city('Perimeter', 18, 'suburban'),
          },
        },
        savannah: city('Savannah', 6, 'suburban'),
      },
    }),
    nc: state('nc', 'North Carolina', {
      places: {
        charlotte: city('Charlotte', 14, 'suburban'),
        raleigh: city('Raleigh', 11, 'suburban'),
      },
    }),
    va: state('va', 'Virginia', { weight: 18 }),
    tn: state('tn', 'Tennessee', { weight: 15, zone: CENTRAL }),
    sc: state('sc', 'South Carolina', { weight: 9, density: 'rural' }),
    al: state('al', 'Alabama', {
      weight: 9,
      density: 'rural',
      zone: CENTRAL,
    }),
  },
};

const MIDWEST: Place = {
  title: 'Midwest',
  zone: CENTRAL,
  places: {
    il: state('il', 'Illinois', {
      places: {
        chicago: {
          title: 'Chicago',
          spanish: 0.2,
          places: {
            loop: city('The Loop', 10, 'dense'),
            north: city('North Side', 14),
            suburbs: city('Suburbs', 18, 'suburban'),
          },
        },
        springfield: city('Springfield', 5, 'rural'),
      },
    }),
    oh: state('oh', 'Ohio', {
      zone: EAST,
      places: {
        columbus: city('Columbus', 12, 'suburban'),
        cleveland: city('Cleveland', 11),
        cincinnati: city('Cincinnati', 9, 'suburban'),
      },
    }),
    mi: state('mi', 'Michigan', { weight: 18, zone: 'America/Detroit' }),
    mn: state('mn', 'Minnesota', { weight: 12 }),
    mo: state('mo', 'Missouri', { weight: 13 }),
    ks: state('ks', 'Kansas', { weight: 6, density: 'rural' }),
    ia: state('ia', 'Iowa', { weight: 6, density: 'rural' }),
  },
};

const CENTRAL_US: Place = {
  title: 'South Central',
  zone: CENTRAL,
  places: {
    tx: state('tx', 'Texas', {
      spanish: 0.4,
      places: {
        austin: city('Austin', 14),
        dallas: {
          title: 'Dallas',
          places: {
            downtown: city('Downtown', 8, 'dense'),
            plano: city('Plano', 14, 'suburban'),
          },
        },
        houston: city('Houston', 24, 'suburban'),
        'el-paso': { ...city('El Paso', 6, 'suburban'), zone: MOUNTAIN },
      },
    }),
    la: state('la', 'Louisiana', {
      places: {
        'new-orleans': city('New Orleans', 9),
        shreveport: city('Shreveport', 4, 'rural'),
      },
    }),
    ok: state('ok', 'Oklahoma', { weight: 8, density: 'rural' }),
  },
};

const WEST_US: Place = {
  title: 'West',
  zone: WEST,
  places: {
    ca: state('ca', 'California', {
      spanish: 0.35,
      places: {
        'los-angeles': {
          title: 'Los Angeles',
          places: {
            hollywood: city('Hollywood', 12, 'dense'),
            valley: city('The Valley', 22, 'suburban'),
          },
        },
        'san-diego': city('San Diego', 15, 'suburban'),
        'san-francisco': city('San Francisco', 14, 'dense'),
        sacramento: city('Sacramento', 9, 'suburban'),
      },
    }),
    wa: state('wa', 'Washington', {
      places: {
        seattle: city('Seattle', 15),
        spokane: city('Spokane', 5, 'rural'),
      },
    }),
    or: state('or', 'Oregon', { weight: 9 }),
    nv: state('nv', 'Nevada', { weight: 8, spanish: 0.2 }),
    az: state('az', 'Arizona', {
      weight: 14,
      zone: 'America/Phoenix',
      spanish: 0.3,
    }),
    ut: state('ut', 'Utah', { weight: 7, zone: MOUNTAIN }),
    co: state('co', 'Colorado', { weight: 12, zone: MOUNTAIN }),
  },
};

function province(code: string, title: string, rest: Omit<Place, 'title'>) {
  return {
    ...state(code, title, rest),
    values: { taxRegion: `ca-${code}` },
  };
}

/** The whole world of this company. */
export const WORLD: Place = {
  title: 'Geography',
  values: { jobsSuspended: 'false', banner: 'Fresh since this morning' },
  places: {
    us: {
      title: 'United States',
      values: { currency: 'USD', taxRegion: 'us' },
      places: {
        northeast: NORTHEAST,
        southeast: SOUTHEAST,
        midwest: MIDWEST,
        central: CENTRAL_US,
        west: WEST_US,
        // A region and a state at once.
        hawaii: {
          ...state('hi', 'Hawaii', { weight: 4, zone: 'Pacific/Honolulu' }),
          values: { taxRegion: 'us-hi', banner: 'Fresh with the tide' },
        },
      },
    },
    ca: {
      title: 'Canada',
      zone: 'America/Toronto',
      values: { currency: 'CAD', taxRegion: 'ca' },
      places: {
        on: province('on', 'Ontario', {
          places: {
            toronto: city('Toronto', 22),
            ottawa: { ...city('Ottawa', 8, 'suburban'), french: 0.5 },
          },
        }),
        qc: province('qc', 'Quebec', {
          french: 1,
          places: {
            montreal: city('Montreal', 14),
            quebec: city('Quebec City', 5),
          },
        }),
        bc: province('bc', 'British Columbia', {
          weight: 10,
          zone: 'America/Vancouver',
        }),
        ab: province('ab', 'Alberta', { weight: 8, zone: 'America/Edmonton' }),
      },
    },
    mx: {
      title: 'Mexico',
      zone: 'America/Mexico_City',
      spanish: 1,
      values: { currency: 'MXN', taxRegion: 'mx' },
      places: {
        cdmx: { ...city('Mexico City', 16, 'dense'), state: 'cmx' },
        jal: {
          title: 'Jalisco',
          state: 'jal',
          places: { guadalajara: city('Guadalajara', 7) },
        },
      },
    },
    // A country without anything below.
    pr: {
      title: 'Puerto Rico',
      zone: 'America/Puerto_Rico',
      state: 'pr',
      weight: 5,
      density: 'suburban',
      spanish: 1,
      values: { currency: 'USD', taxRegion: 'pr' },
    },
  },
};
