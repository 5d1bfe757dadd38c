package demo

import "csdn.example/directory/shared/csdn"

// zoneOf returns the zone in which the demo's people of a country live, "" for a country in which none lives. Those in the
// Democratic Republic of the Congo live in its east, those in Indonesia on its western clock.
func zoneOf(country csdn.Country) csdn.Zone {
	zones := map[csdn.Country]csdn.Zone{
		"AF": "Asia/Kabul", "AM": "Asia/Yerevan", "BA": "Europe/Sarajevo", "BE": "Europe/Brussels", "BF": "Africa/Ouagadougou",
		"CD": "Africa/Lubumbashi", "CF": "Africa/Bangui", "CH": "Europe/Zurich", "CO": "America/Bogota", "CY": "Asia/Nicosia",
		"DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "EG": "Africa/Cairo", "ES": "Europe/Madrid", "ET": "Africa/Addis_Ababa",
		"FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London", "GE": "Asia/Tbilisi", "GH": "Africa/Accra",
		"GR": "Europe/Athens", "GT": "America/Guatemala", "HT": "America/Port-au-Prince", "ID": "Asia/Jakarta",
		"IE": "Europe/Dublin", "IQ": "Asia/Baghdad", "IT": "Europe/Rome", "JO": "Asia/Amman", "KE": "Africa/Nairobi",
		"KG": "Asia/Bishkek", "LB": "Asia/Beirut", "LK": "Asia/Colombo", "LU": "Europe/Luxembourg", "MD": "Europe/Chisinau",
		"MK": "Europe/Skopje", "ML": "Africa/Bamako", "MM": "Asia/Yangon", "MZ": "Africa/Maputo", "NE": "Africa/Niamey",
		"NG": "Africa/Lagos", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "PE": "America/Lima", "PH": "Asia/Manila",
		"PL": "Europe/Warsaw", "PT": "Europe/Lisbon", "RS": "Europe/Belgrade", "RW": "Africa/Kigali", "SD": "Africa/Khartoum",
		"SE": "Europe/Stockholm", "SN": "Africa/Dakar", "SO": "Africa/Mogadishu", "SS": "Africa/Juba", "TH": "Asia/Bangkok",
		"TN": "Africa/Tunis", "TR": "Europe/Istanbul", "UA": "Europe/Kyiv", "UG": "Africa/Kampala", "XK": "Europe/Belgrade",
		"YE": "Asia/Aden",
	}
	return zones[country]
}
