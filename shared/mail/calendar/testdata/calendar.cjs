// Reads a calendar and writes its method, its zones, and its events: start and end as instants, and every property as [name, value].
// The argument is the folder of the package ical.js.
const ICAL = require(process.argv[2] + '/ical.js/dist/ical.es5.cjs');
const calendar = new ICAL.Component(ICAL.parse(require('fs').readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
process.stdout.write(JSON.stringify({
  method: calendar.getFirstPropertyValue('method'),
  zones: calendar.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid')),
  events: calendar.getAllSubcomponents('vevent').map((event) => ({
    start: new ICAL.Event(event).startDate.toJSDate().toISOString(),
    end: new ICAL.Event(event).endDate.toJSDate().toISOString(),
    properties: Object.fromEntries(event.getAllProperties().map((p) => [p.name, String(p.getFirstValue())])),
  })),
}));
