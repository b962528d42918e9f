"""Honest look-alikes: lists, menus, tables and notices that resemble keyword blocks and are content.

Each kind is one function that draws one block. What keeps a list honest is modelled, not its words alone: it is
complete or from one region, in some order, with a heading, numbers or prices, or it says something.
"""

from __future__ import annotations

from training.honest import goods, leftovers, menus, noise, people, places, sentences, sites
from training.honest.mirrors import Kind, sometimes_mirrored

# Drawn by name alone, see families.py.
_UNRELEASED = 0.0

_WEIGHTED: dict[str, tuple[Kind, float]] = {
    "provinces": (places.provinces, 3.0),
    "county_list": (places.county_list, 5.0),
    "chosen_counties": (places.chosen_counties, _UNRELEASED),
    "prefectures": (places.prefectures, 3.0),
    "city_nav": (places.city_nav, 4.0),
    "city_index": (places.city_index, 1.0),
    "states_world": (places.states_world, 2.0),
    "towns_world": (places.towns_world, 2.5),
    "countries": (places.countries, 2.0),
    "stations": (places.stations, 2.0),
    "service_area": (places.service_area, 2.5),
    "places_across": (places.places_across, 3.0),
    "dealers": (places.dealers, 1.5),
    "codes": (places.codes, 1.5),
    "friend_links": (sites.friend_links, 3.0),
    "site_menu": (sites.site_menu, 5.0),
    "breadcrumb": (sites.breadcrumb, 1.5),
    "footer": (sites.footer, 3.0),
    "language_switch": (sites.language_switch, 1.5),
    "archive": (sites.archive, 2.0),
    "tags": (sites.tags, 2.0),
    "paper_keywords": (sites.paper_keywords, 2.0),
    "meta_keywords": (sites.meta_keywords, 2.0),
    "prices": (goods.prices, 1.5),
    "catalogue": (goods.catalogue, 2.0),
    "shop_brands": (goods.shop_brands, 1.5),
    "medicines": (goods.medicines, 2.0),
    "ingredients": (goods.ingredients, 1.0),
    "specs": (goods.specs, 1.0),
    "hotels": (goods.hotels, 1.5),
    "categories": (goods.categories, 3.0),
    "headlines": (goods.headlines, 2.5),
    "table_rows": (goods.table_rows, 1.5),
    "addresses": (goods.addresses, 1.0),
    "names": (people.names, 1.5),
    "bibliography": (people.bibliography, 1.0),
    "works": (people.works, 1.0),
    "results": (people.results, 1.5),
    "calendar": (people.calendar, 1.5),
    "statute": (sentences.statute, 1.5),
    "trade_news": (sentences.trade_news, 2.0),
    "plain_sentences": (sentences.plain_sentences, 5.0),
    "portal": (sites.portal, 5.0),
    "portal_en": (sites.portal_en, 5.0),
    "banner": (noise.banner, 1.0),
    "chatter": (noise.chatter, 1.5),
    "settings_line": (noise.settings_line, 1.0),
    "token": (noise.token, 1.0),
    "symbols": (leftovers.symbols, 1.0),
    "garbled": (leftovers.garbled, 0.7),
    "shop_window": (leftovers.shop_window, 3.0),
    "episodes": (leftovers.episodes, 2.5),
    "stammers": (leftovers.stammers, 0.7),
    "reactions": (leftovers.reactions, 1.0),
    "hashtags": (leftovers.hashtags, 1.5),
    "addresses_of_pages": (leftovers.addresses_of_pages, 1.0),
    "counters": (leftovers.counters, 2.0),
    "figures_by_place": (leftovers.figures_by_place, 0.7),
    "towns_by_state": (leftovers.towns_by_state, 0.4),
    "options": (leftovers.options, 1.0),
    "line_up": (leftovers.line_up, 1.0),
    "anchors_in_prose": (leftovers.anchors_in_prose, 3.0),
    "teasers": (leftovers.teasers, 1.5),
    "tracking_code": (leftovers.tracking_code, 0.5),
    "trade_menu": (menus.trade_menu, _UNRELEASED),
    "headed_lines": (menus.headed_lines, _UNRELEASED),
    "priced_menu": (menus.priced_menu, _UNRELEASED),
    "areas_served": (menus.areas_served, _UNRELEASED),
    "city_pages": (menus.city_pages, _UNRELEASED),
    "keyword_sentence": (menus.keyword_sentence, _UNRELEASED),
}
KINDS: dict[str, tuple[Kind, float]] = {
    name: (sometimes_mirrored(kind), weight) for name, (kind, weight) in _WEIGHTED.items()
}
