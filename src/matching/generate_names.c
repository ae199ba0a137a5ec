/*
 * Names for the synthetic population, commonest first: written from general knowledge of naming in
 * the Netherlands, not taken from any register. Long tails are composed (HEADS x LINKS x TAILS).
 */
#include "matching/generate_names.h"

/* clang-format off */
static const char *const DUTCH_MEN[] = {
	"Jan", "Johannes", "Pieter", "Hendrik", "Willem", "Cornelis", "Gerrit", "Jacob", "Dirk",
	"Klaas", "Maarten", "Peter", "Hans", "Kees", "Piet", "Henk", "Wim", "Mark", "Erik", "Bas",
	"Tim", "Tom", "Lars", "Daan", "Sem", "Lucas", "Levi", "Finn", "Milan", "Bram", "Jesse",
	"Thijs", "Ruben", "Thomas", "Max", "Stijn", "Julian", "Sven", "Niels", "Jeroen", "Martijn",
	"Dennis", "Rob", "Marcel", "Frank", "Paul", "Theo", "Ton", "Ad", "Arie", "Bert", "Geert",
	"Harm", "Sjoerd", "Wouter", "Joost", "Koen", "Roel", "Sander", "Teun",
};

static const char *const DUTCH_WOMEN[] = {
	"Maria", "Johanna", "Anna", "Cornelia", "Elisabeth", "Catharina", "Wilhelmina", "Hendrika",
	"Adriana", "Margaretha", "Petronella", "Jacoba", "Geertruida", "Anneke", "Ingrid", "Monique",
	"Petra", "Linda", "Sandra", "Esther", "Marieke", "Lisa", "Emma", "Sophie", "Julia", "Anouk",
	"Eva", "Lotte", "Femke", "Sanne", "Iris", "Roos", "Fleur", "Noor", "Tess", "Saar", "Evi",
	"Mila", "Yara", "Zoë", "Nora", "Lieke", "Fenna", "Isa", "Marijke", "Ria", "Truus", "Corrie",
	"Joke", "Annie", "Greet", "Tineke", "Wil", "Nel", "Toos", "Mieke", "Hanneke", "Ellen",
	"Karin",
};

static const char *const DUTCH_FAMILIES[] = {
	"Jansen", "Vries", "Berg", "Dijk", "Bakker", "Visser", "Smit", "Meijer", "Boer", "Mulder",
	"Groot", "Bos", "Vos", "Peters", "Hendriks", "Leeuwen", "Dekker", "Brouwer", "Wit",
	"Dijkstra", "Smits", "Graaf", "Meer", "Linden", "Kok", "Jacobs", "Haan", "Vermeulen",
	"Heuvel", "Veen", "Broek", "Bruijn", "Schouten", "Beek", "Willems", "Vliet", "Ven",
	"Hoekstra", "Maas", "Verhoeven", "Koster", "Prins", "Huisman", "Peeters", "Kuipers",
	"Veenstra", "Kramer", "Brink", "Wal", "Postma", "Blom", "Kuijpers", "Bosch", "Jonge",
	"Willemsen", "Gerritsen", "Scholten", "Sanders", "Evers", "Wolters",
};

static const char *const TURKISH_MEN[] = {
	"Mehmet", "Mustafa", "Ahmet", "Ali", "Hüseyin", "Hasan", "İbrahim", "İsmail", "Osman",
	"Yusuf", "Murat", "Ömer", "Ramazan", "Halil", "Süleyman", "Emre", "Burak", "Fatih", "Kemal",
	"Can", "Deniz", "Serkan", "Volkan", "Cem", "Tuncay",
};

static const char *const TURKISH_WOMEN[] = {
	"Fatma", "Ayşe", "Emine", "Hatice", "Zeynep", "Elif", "Meryem", "Şerife", "Sultan", "Hanife",
	"Merve", "Büşra", "Esra", "Gül", "Özlem", "Sevgi", "Yasemin", "Derya", "Filiz", "Nurcan",
	"Songül", "Çiğdem", "Aslı", "Ebru", "Tuğba",
};

static const char *const TURKISH_FAMILIES[] = {
	"Yılmaz", "Kaya", "Demir", "Şahin", "Çelik", "Yıldız", "Yıldırım", "Öztürk", "Aydın",
	"Özdemir", "Arslan", "Doğan", "Kılıç", "Aslan", "Çetin", "Kara", "Koç", "Kurt", "Özkan",
	"Şimşek", "Polat", "Korkmaz", "Çakır", "Erdoğan", "Acar", "Güneş", "Aksoy", "Taş", "Bulut",
	"Keskin", "Ünal", "Turan", "Gül", "Avcı", "Işık", "Tekin", "Kaplan", "Güler", "Toprak",
	"Sarı",
};

static const char *const ARABIC_MEN[] = {
	"Mohamed", "Ahmed", "Youssef", "Hassan", "Ali", "Omar", "Ibrahim", "Abdellah", "Rachid",
	"Karim", "Said", "Khalid", "Hamid", "Mustapha", "Abdelkader", "Hicham", "Driss", "Bilal",
	"Ayoub", "Ismail", "Samir", "Noureddine", "Brahim", "Jamal", "Tarik",
};

static const char *const ARABIC_WOMEN[] = {
	"Fatima", "Aicha", "Khadija", "Naima", "Samira", "Rachida", "Malika", "Latifa", "Hanane",
	"Karima", "Nadia", "Saida", "Zineb", "Meryem", "Yasmina", "Houda", "Ikram", "Salma", "Hafsa",
	"Amina", "Jamila", "Loubna", "Soumaya", "Siham", "Fadma",
};

static const char *const ARABIC_FAMILIES[] = {
	"El Amrani", "Benali", "El Idrissi", "Bouzid", "El Khattabi", "Chakir", "El Ouazzani",
	"Haddad", "Bennani", "Azzouzi", "El Bakkali", "Amrani", "Ouali", "El Mansouri", "Tahiri",
	"Belhaj", "Aït Ali", "Bouali", "El Yaacoubi", "Moussaoui", "Al Hassan", "Khalil", "Al Masri",
	"Hamdi", "Saidi", "Zouhair", "El Fassi", "Boulahrouz", "Chaabi", "Lahlou",
};

static const char *const POLISH_MEN[] = {
	"Piotr", "Krzysztof", "Andrzej", "Tomasz", "Paweł", "Jan", "Michał", "Marcin", "Jakub",
	"Adam", "Łukasz", "Marek", "Grzegorz", "Mateusz", "Wojciech", "Mariusz", "Dariusz",
	"Zbigniew", "Jerzy", "Rafał",
};

static const char *const POLISH_WOMEN[] = {
	"Anna", "Katarzyna", "Maria", "Małgorzata", "Agnieszka", "Barbara", "Ewa", "Magdalena",
	"Elżbieta", "Joanna", "Aleksandra", "Zofia", "Monika", "Beata", "Dorota", "Justyna",
	"Karolina", "Iwona", "Natalia", "Sylwia",
};

static const char *const POLISH_FAMILIES[] = {
	"Nowak", "Kowalski", "Wiśniewski", "Wójcik", "Kowalczyk", "Kamiński", "Lewandowski",
	"Zieliński", "Szymański", "Woźniak", "Dąbrowski", "Kozłowski", "Mazur", "Jankowski",
	"Kwiatkowski", "Krawczyk", "Kaczmarek", "Piotrowski", "Grabowski", "Zając", "Pawłowski",
	"Król", "Wróbel", "Wieczorek", "Jabłoński",
};

static const char *const CARIBBEAN_MEN[] = {
	"Roy", "Ricardo", "Winston", "Dennis", "Steven", "Rishi", "Rajesh", "Soenil", "Wensly",
	"Clyde", "Orlando", "Jairo", "Xavier", "Dwight", "Glenn", "Radjesh", "Amrit", "Ferdinand",
	"Iwan", "Kenneth",
};

static const char *const CARIBBEAN_WOMEN[] = {
	"Shanti", "Sharmila", "Indra", "Priya", "Chantal", "Joyce", "Sylvia", "Marlene", "Lucia",
	"Rosita", "Asha", "Sunita", "Denise", "Cynthia", "Grace", "Natascha", "Mavis", "Wendeline",
	"Radha", "Gita",
};

static const char *const CARIBBEAN_FAMILIES[] = {
	"Ramdin", "Soekhram", "Kishna", "Bhagwandin", "Doerga", "Jagesar", "Mahabier", "Ramkhelawan",
	"Pinas", "Wijngaarde", "Kromopawiro", "Martowirono", "Amatredjo", "Sabajo", "Vrede",
	"Martina", "Pieternella", "Croes", "Maduro", "Rosalia", "Tromp", "Geerman", "Janga", "Felter",
	"Emanuelson",
};

static const char *const UKRAINIAN_MEN[] = {
	"Oleksandr", "Serhij", "Volodymyr", "Andrij", "Mykola", "Ivan", "Dmytro", "Jurij", "Vasyl",
	"Oleh", "Taras", "Bohdan", "Maksym", "Artem", "Roman",
};

static const char *const UKRAINIAN_WOMEN[] = {
	"Olena", "Natalija", "Tetjana", "Iryna", "Oksana", "Kateryna", "Svitlana", "Olha", "Julija",
	"Ljudmyla", "Halyna", "Anastasija", "Sofija", "Darja", "Viktorija",
};

static const char *const UKRAINIAN_FAMILIES[] = {
	"Melnyk", "Shevchenko", "Kovalenko", "Bondarenko", "Boyko", "Tkachenko", "Kravchenko",
	"Kovalchuk", "Koval", "Oliynyk", "Shevchuk", "Polishchuk", "Lysenko", "Savchenko", "Petrenko",
	"Marchenko", "Rudenko", "Moroz", "Pavlenko", "Tkachuk",
};

static const char *const HEADS[] = {
	"Hoog", "Laag", "Groen", "Berg", "Water", "Bos", "Veld", "Zand", "Steen", "Kerk", "Molen",
	"Duin", "Eik", "Linde", "Hazel", "Wijn", "Koorn", "Nieuw", "Oud", "Zuider", "Noorder",
	"Ooster", "Wester", "Heide", "Klei", "Dijk", "Brug", "Schaap", "Vogel", "Wolf", "Beren",
	"Roose", "Zwarte", "Witte", "Rietveld", "Elzen", "Holle", "Schar", "Tol", "Poel",
};

static const char *const TAILS[] = {
	"veld", "man", "huis", "kamp", "hof", "berg", "dijk", "meijer", "stra", "sma", "horst",
	"huizen", "steen", "bos", "brink", "laar", "wijk", "beek", "land", "woud",
};

static const char *const LINKS[] = {
	"e", "en", "er", "s", "el", "in", "es", "et", "ge", "al", "ba", "da", "fe", "ha", "ki", "lo",
	"ma", "ne", "ri", "ta", "ve", "wo", "ra", "mo", "li", "de", "sa", "te", "ve", "un",
};

static const char *const STREET_HEADS[] = {
	"Kerk", "Dorps", "School", "Molen", "Hoofd", "Stations", "Julia", "Wilhelmina", "Beatrix",
	"Emma", "Eiken", "Linden", "Beuken", "Kastanje", "Berken", "Merel", "Lijster", "Vink",
	"Zwaluw", "Uilen", "Rozen", "Tulpen", "Narcis", "Leliën", "Rembrandt", "Vermeer", "Mondriaan",
	"Vondel", "Spinoza", "Erasmus", "Maas", "Rijn", "Waal", "IJssel", "Amstel", "Markt", "Haven",
	"Park", "Tuin", "Weide", "Akker", "Heuvel", "Duin", "Zee", "Noorder", "Zuider", "Ooster",
	"Wester", "Prinsen", "Keizers", "Heren", "Oranje", "Nassau", "Kruis", "Sint", "Jans",
	"Ambachts", "Industrie", "Handels", "Ring",
};

static const char *const STREET_TAILS[] = {
	"straat", "laan", "weg", "plein", "hof", "singel", "kade", "dreef", "pad", "gracht", "steeg",
	"park", "dijk",
};

static const char *const PLACES[] = {
	"Amsterdam", "Rotterdam", "Den Haag", "Utrecht", "Eindhoven", "Groningen", "Tilburg",
	"Almere", "Breda", "Nijmegen", "Apeldoorn", "Haarlem", "Arnhem", "Enschede", "Amersfoort",
	"Zaanstad", "'s-Hertogenbosch", "Zwolle", "Leiden", "Leeuwarden", "Maastricht", "Dordrecht",
	"Zoetermeer", "Ede", "Alkmaar", "Emmen", "Delft", "Venlo", "Deventer", "Helmond", "Oss",
	"Sittard", "Hilversum", "Roosendaal", "Purmerend", "Vlissingen", "Schiedam", "Spijkenisse",
	"Gouda", "Zaandam", "Hoorn", "Assen", "Heerlen", "Kerkrade", "Weert", "Tiel", "Culemborg",
	"Veenendaal", "Barneveld", "Harderwijk", "Meppel", "Hoogeveen", "Sneek", "Drachten", "Goes",
	"Terneuzen", "Middelburg", "Waalwijk", "Boxtel", "Uden",
};

static const char *const PREFIXES[] = {
	"van", "de", "van der", "van den", "van de", "ter", "ten",
};

/* clang-format on */

#define LIST(names)                                                                                \
	{                                                                                          \
		names, sizeof(names) / sizeof(names[0])                                            \
	}
#define CULTURE(name, share, tail, PEOPLE)                                                         \
	{                                                                                          \
		name, share, tail, LIST(PEOPLE##_MEN), LIST(PEOPLE##_WOMEN),                       \
		    LIST(PEOPLE##_FAMILIES)                                                        \
	}

const struct culture CULTURES[CULTURE_COUNT] = {
	CULTURE("dutch", 68, 70, DUTCH),        CULTURE("turkish", 8, 25, TURKISH),
	CULTURE("arabic", 9, 25, ARABIC),       CULTURE("polish", 5, 25, POLISH),
	CULTURE("caribbean", 7, 30, CARIBBEAN), CULTURE("ukrainian", 3, 25, UKRAINIAN),
};

const struct name_list GENERATE_HEADS = LIST(HEADS);
const struct name_list GENERATE_TAILS = LIST(TAILS);
const struct name_list GENERATE_LINKS = LIST(LINKS);
const struct name_list GENERATE_STREET_HEADS = LIST(STREET_HEADS);
const struct name_list GENERATE_STREET_TAILS = LIST(STREET_TAILS);
const struct name_list GENERATE_PLACES = LIST(PLACES);
const struct name_list GENERATE_PREFIXES = LIST(PREFIXES);
