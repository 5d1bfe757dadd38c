package csdn

import (
	"slices"
	"strings"
)

// Country is a country or area by its ISO 3166-1 alpha-2 code in upper case, such as ML. XK stands for Kosovo.
type Country string

// Region is a group of countries by its three-digit code of the United Nations' "Standard country or area codes for
// statistical use" (M49): the world (001), the continents (such as 002, Africa), their sub-regions (such as 202, sub-Saharan
// Africa) and intermediate regions (such as 011, Western Africa), and North America (003).
type Region string

// Valid reports whether the country is in the table.
func (c Country) Valid() bool {
	_, known := c.row()
	return known
}

// Name returns the short name of the country in French for a French tag, in English for any other; the code itself when the
// country is not in the table. It carries no article.
func (c Country) Name(in Language) string {
	row, known := c.row()
	if !known {
		return string(c)
	}
	return in.choose(row.en, row.fr)
}

// Regions returns every region the country lies in, from the narrowest to the world (001); none when the country is not in the
// table.
func (c Country) Regions() []Region {
	row, known := c.row()
	if !known {
		return nil
	}
	return append([]Region{row.region}, row.region.Broader()...)
}

// Countries returns every country of the table in the order of codes.
func Countries() []Country {
	list := make([]Country, len(countries))
	for i, row := range countries {
		list[i] = row.code
	}
	return list
}

// Regions returns every region of the table in the order of codes.
func Regions() []Region {
	list := make([]Region, len(regions))
	for i, row := range regions {
		list[i] = row.code
	}
	return list
}

// Valid reports whether the region is in the table.
func (r Region) Valid() bool {
	_, known := r.row()
	return known
}

// Name returns the name of the region in French for a French tag, in English for any other; the code itself when the region is not in
// the table.
func (r Region) Name(in Language) string {
	row, known := r.row()
	if !known {
		return string(r)
	}
	return in.choose(row.en, row.fr)
}

// Broader returns the regions that include this one, from the narrowest to the world (001); none for the world and for a region that
// is not in the table. M49 groups the Caribbean and Central America twice: with South America in Latin America (419), which comes
// first here, and with Northern America in North America (003).
func (r Region) Broader() []Region {
	row, _ := r.row()
	return slices.Clone(row.broader)
}

func (c Country) row() (country, bool) {
	i, known := slices.BinarySearchFunc(countries[:], c, func(row country, code Country) int {
		return strings.Compare(string(row.code), string(code))
	})
	if !known {
		return country{}, false
	}
	return countries[i], true
}

func (r Region) row() (region, bool) {
	i, known := slices.BinarySearchFunc(regions[:], r, func(row region, code Region) int {
		return strings.Compare(string(row.code), string(code))
	})
	if !known {
		return region{}, false
	}
	return regions[i], true
}

type country struct {
	code   Country
	region Region // the narrowest that has it
	en, fr string
}

type region struct {
	code    Region
	en, fr  string
	broader []Region // from the narrowest to the world
}

// regions are in the order of codes.
var regions = [...]region{
	{"001", "World", "Monde", nil},
	{"002", "Africa", "Afrique", []Region{"001"}},
	{"003", "North America", "Amérique du Nord", []Region{"019", "001"}},
	{"005", "South America", "Amérique du Sud", []Region{"419", "019", "001"}},
	{"009", "Oceania", "Océanie", []Region{"001"}},
	{"011", "Western Africa", "Afrique occidentale", []Region{"202", "002", "001"}},
	{"013", "Central America", "Amérique centrale", []Region{"419", "003", "019", "001"}},
	{"014", "Eastern Africa", "Afrique orientale", []Region{"202", "002", "001"}},
	{"015", "Northern Africa", "Afrique septentrionale", []Region{"002", "001"}},
	{"017", "Middle Africa", "Afrique centrale", []Region{"202", "002", "001"}},
	{"018", "Southern Africa", "Afrique australe", []Region{"202", "002", "001"}},
	{"019", "Americas", "Amériques", []Region{"001"}},
	{"021", "Northern America", "Amérique septentrionale", []Region{"003", "019", "001"}},
	{"029", "Caribbean", "Caraïbes", []Region{"419", "003", "019", "001"}},
	{"030", "Eastern Asia", "Asie orientale", []Region{"142", "001"}},
	{"034", "Southern Asia", "Asie méridionale", []Region{"142", "001"}},
	{"035", "South-eastern Asia", "Asie du Sud-Est", []Region{"142", "001"}},
	{"039", "Southern Europe", "Europe méridionale", []Region{"150", "001"}},
	{"053", "Australia and New Zealand", "Australie et Nouvelle-Zélande", []Region{"009", "001"}},
	{"054", "Melanesia", "Mélanésie", []Region{"009", "001"}},
	{"057", "Micronesia", "Micronésie", []Region{"009", "001"}},
	{"061", "Polynesia", "Polynésie", []Region{"009", "001"}},
	{"142", "Asia", "Asie", []Region{"001"}},
	{"143", "Central Asia", "Asie centrale", []Region{"142", "001"}},
	{"145", "Western Asia", "Asie occidentale", []Region{"142", "001"}},
	{"150", "Europe", "Europe", []Region{"001"}},
	{"151", "Eastern Europe", "Europe orientale", []Region{"150", "001"}},
	{"154", "Northern Europe", "Europe septentrionale", []Region{"150", "001"}},
	{"155", "Western Europe", "Europe occidentale", []Region{"150", "001"}},
	{"202", "Sub-Saharan Africa", "Afrique subsaharienne", []Region{"002", "001"}},
	{"419", "Latin America and the Caribbean", "Amérique latine et Caraïbes", []Region{"019", "001"}},
}

// countries are in the order of codes. Codes are those of ISO 3166-1, regions those of M49; Taiwan, which M49 does not list apart,
// stands where geography puts it. Neither a name nor a place here expresses a position on the status of any territory.
var countries = [...]country{
	{"AD", "039", "Andorra", "Andorre"},
	{"AE", "145", "United Arab Emirates", "Émirats arabes unis"},
	{"AF", "034", "Afghanistan", "Afghanistan"},
	{"AG", "029", "Antigua and Barbuda", "Antigua-et-Barbuda"},
	{"AI", "029", "Anguilla", "Anguilla"},
	{"AL", "039", "Albania", "Albanie"},
	{"AM", "145", "Armenia", "Arménie"},
	{"AO", "017", "Angola", "Angola"},
	{"AQ", "001", "Antarctica", "Antarctique"},
	{"AR", "005", "Argentina", "Argentine"},
	{"AS", "061", "American Samoa", "Samoa américaines"},
	{"AT", "155", "Austria", "Autriche"},
	{"AU", "053", "Australia", "Australie"},
	{"AW", "029", "Aruba", "Aruba"},
	{"AX", "154", "Åland Islands", "Îles Åland"},
	{"AZ", "145", "Azerbaijan", "Azerbaïdjan"},
	{"BA", "039", "Bosnia and Herzegovina", "Bosnie-Herzégovine"},
	{"BB", "029", "Barbados", "Barbade"},
	{"BD", "034", "Bangladesh", "Bangladesh"},
	{"BE", "155", "Belgium", "Belgique"},
	{"BF", "011", "Burkina Faso", "Burkina Faso"},
	{"BG", "151", "Bulgaria", "Bulgarie"},
	{"BH", "145", "Bahrain", "Bahreïn"},
	{"BI", "014", "Burundi", "Burundi"},
	{"BJ", "011", "Benin", "Bénin"},
	{"BL", "029", "Saint Barthélemy", "Saint-Barthélemy"},
	{"BM", "021", "Bermuda", "Bermudes"},
	{"BN", "035", "Brunei", "Brunei"},
	{"BO", "005", "Bolivia", "Bolivie"},
	{"BQ", "029", "Bonaire, Sint Eustatius and Saba", "Bonaire, Saint-Eustache et Saba"},
	{"BR", "005", "Brazil", "Brésil"},
	{"BS", "029", "Bahamas", "Bahamas"},
	{"BT", "034", "Bhutan", "Bhoutan"},
	{"BV", "005", "Bouvet Island", "Île Bouvet"},
	{"BW", "018", "Botswana", "Botswana"},
	{"BY", "151", "Belarus", "Biélorussie"},
	{"BZ", "013", "Belize", "Belize"},
	{"CA", "021", "Canada", "Canada"},
	{"CC", "053", "Cocos (Keeling) Islands", "Îles Cocos (Keeling)"},
	{"CD", "017", "Democratic Republic of the Congo", "République démocratique du Congo"},
	{"CF", "017", "Central African Republic", "République centrafricaine"},
	{"CG", "017", "Congo", "Congo"},
	{"CH", "155", "Switzerland", "Suisse"},
	{"CI", "011", "Côte d’Ivoire", "Côte d’Ivoire"},
	{"CK", "061", "Cook Islands", "Îles Cook"},
	{"CL", "005", "Chile", "Chili"},
	{"CM", "017", "Cameroon", "Cameroun"},
	{"CN", "030", "China", "Chine"},
	{"CO", "005", "Colombia", "Colombie"},
	{"CR", "013", "Costa Rica", "Costa Rica"},
	{"CU", "029", "Cuba", "Cuba"},
	{"CV", "011", "Cabo Verde", "Cabo Verde"},
	{"CW", "029", "Curaçao", "Curaçao"},
	{"CX", "053", "Christmas Island", "Île Christmas"},
	{"CY", "145", "Cyprus", "Chypre"},
	{"CZ", "151", "Czechia", "Tchéquie"},
	{"DE", "155", "Germany", "Allemagne"},
	{"DJ", "014", "Djibouti", "Djibouti"},
	{"DK", "154", "Denmark", "Danemark"},
	{"DM", "029", "Dominica", "Dominique"},
	{"DO", "029", "Dominican Republic", "République dominicaine"},
	{"DZ", "015", "Algeria", "Algérie"},
	{"EC", "005", "Ecuador", "Équateur"},
	{"EE", "154", "Estonia", "Estonie"},
	{"EG", "015", "Egypt", "Égypte"},
	{"EH", "015", "Western Sahara", "Sahara occidental"},
	{"ER", "014", "Eritrea", "Érythrée"},
	{"ES", "039", "Spain", "Espagne"},
	{"ET", "014", "Ethiopia", "Éthiopie"},
	{"FI", "154", "Finland", "Finlande"},
	{"FJ", "054", "Fiji", "Fidji"},
	{"FK", "005", "Falkland Islands", "Îles Falkland"},
	{"FM", "057", "Micronesia", "Micronésie"},
	{"FO", "154", "Faroe Islands", "Îles Féroé"},
	{"FR", "155", "France", "France"},
	{"GA", "017", "Gabon", "Gabon"},
	{"GB", "154", "United Kingdom", "Royaume-Uni"},
	{"GD", "029", "Grenada", "Grenade"},
	{"GE", "145", "Georgia", "Géorgie"},
	{"GF", "005", "French Guiana", "Guyane française"},
	{"GG", "154", "Guernsey", "Guernesey"},
	{"GH", "011", "Ghana", "Ghana"},
	{"GI", "039", "Gibraltar", "Gibraltar"},
	{"GL", "021", "Greenland", "Groenland"},
	{"GM", "011", "Gambia", "Gambie"},
	{"GN", "011", "Guinea", "Guinée"},
	{"GP", "029", "Guadeloupe", "Guadeloupe"},
	{"GQ", "017", "Equatorial Guinea", "Guinée équatoriale"},
	{"GR", "039", "Greece", "Grèce"},
	{"GS", "005", "South Georgia and the South Sandwich Islands", "Géorgie du Sud et îles Sandwich du Sud"},
	{"GT", "013", "Guatemala", "Guatemala"},
	{"GU", "057", "Guam", "Guam"},
	{"GW", "011", "Guinea-Bissau", "Guinée-Bissau"},
	{"GY", "005", "Guyana", "Guyana"},
	{"HK", "030", "Hong Kong", "Hong Kong"},
	{"HM", "053", "Heard Island and McDonald Islands", "Îles Heard et McDonald"},
	{"HN", "013", "Honduras", "Honduras"},
	{"HR", "039", "Croatia", "Croatie"},
	{"HT", "029", "Haiti", "Haïti"},
	{"HU", "151", "Hungary", "Hongrie"},
	{"ID", "035", "Indonesia", "Indonésie"},
	{"IE", "154", "Ireland", "Irlande"},
	{"IL", "145", "Israel", "Israël"},
	{"IM", "154", "Isle of Man", "Île de Man"},
	{"IN", "034", "India", "Inde"},
	{"IO", "014", "British Indian Ocean Territory", "Territoire britannique de l’océan Indien"},
	{"IQ", "145", "Iraq", "Iraq"},
	{"IR", "034", "Iran", "Iran"},
	{"IS", "154", "Iceland", "Islande"},
	{"IT", "039", "Italy", "Italie"},
	{"JE", "154", "Jersey", "Jersey"},
	{"JM", "029", "Jamaica", "Jamaïque"},
	{"JO", "145", "Jordan", "Jordanie"},
	{"JP", "030", "Japan", "Japon"},
	{"KE", "014", "Kenya", "Kenya"},
	{"KG", "143", "Kyrgyzstan", "Kirghizstan"},
	{"KH", "035", "Cambodia", "Cambodge"},
	{"KI", "057", "Kiribati", "Kiribati"},
	{"KM", "014", "Comoros", "Comores"},
	{"KN", "029", "Saint Kitts and Nevis", "Saint-Christophe-et-Niévès"},
	{"KP", "030", "North Korea", "Corée du Nord"},
	{"KR", "030", "South Korea", "Corée du Sud"},
	{"KW", "145", "Kuwait", "Koweït"},
	{"KY", "029", "Cayman Islands", "Îles Caïmans"},
	{"KZ", "143", "Kazakhstan", "Kazakhstan"},
	{"LA", "035", "Laos", "Laos"},
	{"LB", "145", "Lebanon", "Liban"},
	{"LC", "029", "Saint Lucia", "Sainte-Lucie"},
	{"LI", "155", "Liechtenstein", "Liechtenstein"},
	{"LK", "034", "Sri Lanka", "Sri Lanka"},
	{"LR", "011", "Liberia", "Libéria"},
	{"LS", "018", "Lesotho", "Lesotho"},
	{"LT", "154", "Lithuania", "Lituanie"},
	{"LU", "155", "Luxembourg", "Luxembourg"},
	{"LV", "154", "Latvia", "Lettonie"},
	{"LY", "015", "Libya", "Libye"},
	{"MA", "015", "Morocco", "Maroc"},
	{"MC", "155", "Monaco", "Monaco"},
	{"MD", "151", "Moldova", "Moldavie"},
	{"ME", "039", "Montenegro", "Monténégro"},
	{"MF", "029", "Saint Martin", "Saint-Martin"},
	{"MG", "014", "Madagascar", "Madagascar"},
	{"MH", "057", "Marshall Islands", "Îles Marshall"},
	{"MK", "039", "North Macedonia", "Macédoine du Nord"},
	{"ML", "011", "Mali", "Mali"},
	{"MM", "035", "Myanmar", "Myanmar"},
	{"MN", "030", "Mongolia", "Mongolie"},
	{"MO", "030", "Macao", "Macao"},
	{"MP", "057", "Northern Mariana Islands", "Îles Mariannes du Nord"},
	{"MQ", "029", "Martinique", "Martinique"},
	{"MR", "011", "Mauritania", "Mauritanie"},
	{"MS", "029", "Montserrat", "Montserrat"},
	{"MT", "039", "Malta", "Malte"},
	{"MU", "014", "Mauritius", "Maurice"},
	{"MV", "034", "Maldives", "Maldives"},
	{"MW", "014", "Malawi", "Malawi"},
	{"MX", "013", "Mexico", "Mexique"},
	{"MY", "035", "Malaysia", "Malaisie"},
	{"MZ", "014", "Mozambique", "Mozambique"},
	{"NA", "018", "Namibia", "Namibie"},
	{"NC", "054", "New Caledonia", "Nouvelle-Calédonie"},
	{"NE", "011", "Niger", "Niger"},
	{"NF", "053", "Norfolk Island", "Île Norfolk"},
	{"NG", "011", "Nigeria", "Nigéria"},
	{"NI", "013", "Nicaragua", "Nicaragua"},
	{"NL", "155", "Netherlands", "Pays-Bas"},
	{"NO", "154", "Norway", "Norvège"},
	{"NP", "034", "Nepal", "Népal"},
	{"NR", "057", "Nauru", "Nauru"},
	{"NU", "061", "Niue", "Niue"},
	{"NZ", "053", "New Zealand", "Nouvelle-Zélande"},
	{"OM", "145", "Oman", "Oman"},
	{"PA", "013", "Panama", "Panama"},
	{"PE", "005", "Peru", "Pérou"},
	{"PF", "061", "French Polynesia", "Polynésie française"},
	{"PG", "054", "Papua New Guinea", "Papouasie-Nouvelle-Guinée"},
	{"PH", "035", "Philippines", "Philippines"},
	{"PK", "034", "Pakistan", "Pakistan"},
	{"PL", "151", "Poland", "Pologne"},
	{"PM", "021", "Saint Pierre and Miquelon", "Saint-Pierre-et-Miquelon"},
	{"PN", "061", "Pitcairn", "Pitcairn"},
	{"PR", "029", "Puerto Rico", "Porto Rico"},
	{"PS", "145", "Palestine", "Palestine"},
	{"PT", "039", "Portugal", "Portugal"},
	{"PW", "057", "Palau", "Palaos"},
	{"PY", "005", "Paraguay", "Paraguay"},
	{"QA", "145", "Qatar", "Qatar"},
	{"RE", "014", "Réunion", "La Réunion"},
	{"RO", "151", "Romania", "Roumanie"},
	{"RS", "039", "Serbia", "Serbie"},
	{"RU", "151", "Russia", "Russie"},
	{"RW", "014", "Rwanda", "Rwanda"},
	{"SA", "145", "Saudi Arabia", "Arabie saoudite"},
	{"SB", "054", "Solomon Islands", "Îles Salomon"},
	{"SC", "014", "Seychelles", "Seychelles"},
	{"SD", "015", "Sudan", "Soudan"},
	{"SE", "154", "Sweden", "Suède"},
	{"SG", "035", "Singapore", "Singapour"},
	{"SH", "011", "Saint Helena, Ascension and Tristan da Cunha", "Sainte-Hélène, Ascension et Tristan da Cunha"},
	{"SI", "039", "Slovenia", "Slovénie"},
	{"SJ", "154", "Svalbard and Jan Mayen", "Svalbard et Jan Mayen"},
	{"SK", "151", "Slovakia", "Slovaquie"},
	{"SL", "011", "Sierra Leone", "Sierra Leone"},
	{"SM", "039", "San Marino", "Saint-Marin"},
	{"SN", "011", "Senegal", "Sénégal"},
	{"SO", "014", "Somalia", "Somalie"},
	{"SR", "005", "Suriname", "Suriname"},
	{"SS", "014", "South Sudan", "Soudan du Sud"},
	{"ST", "017", "São Tomé and Príncipe", "Sao Tomé-et-Principe"},
	{"SV", "013", "El Salvador", "El Salvador"},
	{"SX", "029", "Sint Maarten", "Sint Maarten"},
	{"SY", "145", "Syria", "Syrie"},
	{"SZ", "018", "Eswatini", "Eswatini"},
	{"TC", "029", "Turks and Caicos Islands", "Îles Turques-et-Caïques"},
	{"TD", "017", "Chad", "Tchad"},
	{"TF", "014", "French Southern Territories", "Terres australes françaises"},
	{"TG", "011", "Togo", "Togo"},
	{"TH", "035", "Thailand", "Thaïlande"},
	{"TJ", "143", "Tajikistan", "Tadjikistan"},
	{"TK", "061", "Tokelau", "Tokelau"},
	{"TL", "035", "Timor-Leste", "Timor-Leste"},
	{"TM", "143", "Turkmenistan", "Turkménistan"},
	{"TN", "015", "Tunisia", "Tunisie"},
	{"TO", "061", "Tonga", "Tonga"},
	{"TR", "145", "Türkiye", "Türkiye"},
	{"TT", "029", "Trinidad and Tobago", "Trinité-et-Tobago"},
	{"TV", "061", "Tuvalu", "Tuvalu"},
	{"TW", "030", "Taiwan", "Taïwan"},
	{"TZ", "014", "Tanzania", "Tanzanie"},
	{"UA", "151", "Ukraine", "Ukraine"},
	{"UG", "014", "Uganda", "Ouganda"},
	{"UM", "057", "United States Minor Outlying Islands", "Îles mineures éloignées des États-Unis"},
	{"US", "021", "United States", "États-Unis"},
	{"UY", "005", "Uruguay", "Uruguay"},
	{"UZ", "143", "Uzbekistan", "Ouzbékistan"},
	{"VA", "039", "Holy See", "Saint-Siège"},
	{"VC", "029", "Saint Vincent and the Grenadines", "Saint-Vincent-et-les-Grenadines"},
	{"VE", "005", "Venezuela", "Venezuela"},
	{"VG", "029", "British Virgin Islands", "Îles Vierges britanniques"},
	{"VI", "029", "United States Virgin Islands", "Îles Vierges américaines"},
	{"VN", "035", "Viet Nam", "Viet Nam"},
	{"VU", "054", "Vanuatu", "Vanuatu"},
	{"WF", "061", "Wallis and Futuna", "Wallis-et-Futuna"},
	{"WS", "061", "Samoa", "Samoa"},
	// Kosovo is in neither ISO 3166-1 nor M49: XK is a user-assigned code, the one the European Commission uses, and its region is
	// that of its neighbours. Without prejudice to positions on status.
	{"XK", "039", "Kosovo", "Kosovo"},
	{"YE", "145", "Yemen", "Yémen"},
	{"YT", "014", "Mayotte", "Mayotte"},
	{"ZA", "018", "South Africa", "Afrique du Sud"},
	{"ZM", "014", "Zambia", "Zambie"},
	{"ZW", "014", "Zimbabwe", "Zimbabwe"},
}
