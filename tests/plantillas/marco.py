"""El marco de toda plantilla: portada, encabezado, pie, firmas, índice, cambios y piezas del cuerpo.

Uso:

    d = Documento("plan", "Plan")
    d.portada()                      # portada, bloque de firmas e índice
    d.titulo(1, "Objetivo")
    d.parrafos_o_guia("datos.objetivo", "Describa aquí…")
    d.tabla(["Código", "Nombre"], [3, 7], ["{%tr for x in datos.xs %}", ["{{ x.codigo }}", "{{ x.nombre }}"],
            "{%tr endfor %}"], alt="…", epigrafe="…")
    d.control_de_cambios()
    d.bytes()

Los textos pueden traer etiquetas de plantilla (`{{ … }}`); los bucles y condiciones de párrafos se abren con
`with d.bucle("x in datos.xs"):` y `with d.si("datos.xs"):`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from marco_estilos import AZUL, AZUL_TENUE, estilos, numeracion
from marco_paquete import armar
from marco_xml import q, serializar, texto, w

# Ancho útil en vigésimos de punto: A4 con márgenes laterales de 2 cm.
ANCHO = {"vertical": 9638, "horizontal": 14570}
LEYENDA = (
    "Una vez impreso o descargado, este documento es una copia no controlada: antes de usarlo, confirme en "
    "la lista maestra que su versión sigue vigente."
)
LEYENDA_REGISTRO = (
    "Una vez impreso o descargado, este registro es una copia no controlada: antes de usarlo, confirme en la "
    "lista de registros que no ha sido corregido."
)
ALIAS = {
    "codigo": "Código",
    "titulo": "Título",
    "version": "Versión",
    "fecha": "Fecha",
    "estado": "Estado",
    "vigencia": "Vigencia",
    "motivo": "Motivo",
    "verificacion": "Código de verificación",
    "ancla": "Ancla",
    "servicio": "Servicio",
    "firmas": "Bloque de firmas",
    "cambios": "Control de cambios",
}
# Lo que muestra cada zona de texto antes del primer sellado.
MODELO = {
    "codigo": "{{ doc.codigo }}",
    "titulo": "{{ doc.titulo }}",
    "version": "{{ doc.version }}",
    "servicio": "{{ servicio.nombre }}",
}
# Un registro no tiene versiones ni vigencia: su instancia se identifica por código y período.
SOLO_DE_DOCUMENTO = frozenset({"version", "vigencia", "motivo", "cambios"})
FIRMAS = ("Responsabilidad", "Nombre", "Cargo", "Calidad", "Firma", "Fecha")
SE_PEGA = "{%tr if not loop.last and (loop.index <= 2 or loop.revindex <= 3) %}"
CAMBIOS = ("Versión", "Fecha", "Sección", "Descripción del cambio", "Motivo", "Aprobó")


@dataclass(frozen=True)
class Tramo:
    """Un trozo de párrafo con estilo de carácter (`Requisito`, `Etiqueta`, `Strong`, `Emphasis`)."""

    texto: str
    estilo: str | None = None


Contenido = str | Tramo | etree._Element
Celda = Contenido | Sequence[Contenido]


@dataclass(frozen=True)
class Pegada:
    """Una fila que no se separa de la que sigue."""

    celdas: Sequence[Celda]


Fila = str | Sequence[Celda] | Pegada


def tramo(contenido: Contenido) -> etree._Element:
    """Un `w:r` (o el elemento tal cual, si ya lo es: una zona, un campo)."""
    if isinstance(contenido, etree._Element):
        return contenido
    valor = contenido if isinstance(contenido, Tramo) else Tramo(contenido)
    formato = w("rPr", w("rStyle", val=valor.estilo)) if valor.estilo else None
    return w("r", formato, texto(valor.texto))


def parrafo(*contenidos: Contenido, estilo: str = "Normal") -> etree._Element:
    """Un `w:p` suelto, para celdas con formato propio."""
    formato = None if estilo == "Normal" else w("pPr", w("pStyle", val=estilo))
    return w("p", formato, *(tramo(c) for c in contenidos))


def pegar(elemento: etree._Element) -> None:
    """El párrafo no se separa del que sigue. El esquema pide `keepNext` justo después del estilo."""
    formato = elemento.find(q("pPr"))
    if formato is None:
        formato = w("pPr")
        elemento.insert(0, formato)
    if formato.find(q("keepNext")) is None:
        formato.insert(1 if formato.find(q("pStyle")) is not None else 0, w("keepNext"))


def campo(instruccion: str, resultado: str) -> etree._Element:
    return w("fldSimple", tramo(resultado), instr=f" {instruccion} ")


def bucle_pegado(expresion: str, celdas: Sequence[Celda]) -> list[Fila]:
    """Una fila por elemento; las tres primeras van juntas y las tres últimas también.

    Así ninguna página queda con el encabezado y una fila suelta, y una tabla de cinco no se parte.
    """
    return [
        f"{{%tr for {expresion} %}}",
        SE_PEGA,
        # Un elemento ya armado no puede estar en dos filas a la vez.
        Pegada(deepcopy(celdas)),
        "{%tr else %}",
        celdas,
        "{%tr endif %}",
        "{%tr endfor %}",
    ]


def pegar_extremos(filas: Sequence[Fila]) -> list[Fila]:
    """Lo mismo que `bucle_pegado`, para una tabla de filas fijas; una con marcas queda como está."""
    if any(isinstance(fila, str | Pegada) for fila in filas):
        return list(filas)
    ultima = len(filas) - 1
    pegadas = {n for n in range(ultima) if n < 2 or n >= ultima - 2}
    return [Pegada(f) if n in pegadas and isinstance(f, list) else f for n, f in enumerate(filas)]


class Documento:
    """Una plantilla en construcción: se escribe de arriba abajo y se cierra con `bytes()`.

    `registro`: identifica una instancia por su período, sin versión, vigencia, motivo ni control de cambios.
    """

    def __init__(self, tipo: str, nombre: str, *, registro: bool = False) -> None:
        self.tipo, self.nombre, self.registro = tipo, nombre, registro
        self.zonas = frozenset(ALIAS) - (SOLO_DE_DOCUMENTO if registro else frozenset())
        self._cuerpo: list[etree._Element] = []
        self._orientacion = "vertical"
        self._usadas = ["vertical"]
        self._siguiente = 0
        self._marcadores: set[str] = set()

    # ---- piezas del cuerpo -------------------------------------------------------------------------------

    def titulo(self, nivel: int, contenido: str) -> None:
        """Título numerado (estilo real `heading N`, 1 a 4)."""
        self.parrafo(contenido, estilo=f"Heading{nivel}")

    def parrafo(self, *contenidos: Contenido, estilo: str = "Normal", con_siguiente: bool = False) -> None:
        elemento = parrafo(*contenidos, estilo=estilo)
        if con_siguiente:
            pegar(elemento)
        self.agregar(elemento)

    def vineta(self, *contenidos: Contenido, nivel: int = 1, con_siguiente: bool = False) -> None:
        """Viñeta de nivel 1 o 2; `con_siguiente` no la deja sola al pie de la página."""
        estilo = "ListBullet" if nivel == 1 else "ListBullet2"
        self.parrafo(*contenidos, estilo=estilo, con_siguiente=con_siguiente)

    def paso(self, *contenidos: Contenido, nivel: int = 1) -> None:
        """Paso numerado: «1.» y «a)»; vuelve a 1 después de cada título."""
        self.parrafo(*contenidos, estilo="Paso" if nivel == 1 else "Subpaso")

    def guia(self, contenido: str) -> None:
        """Texto de guía en cursiva gris, para la parte que todavía no tiene datos."""
        self.parrafo(contenido, estilo="Guia")

    def nota(self, *contenidos: Contenido) -> None:
        self.parrafo(*contenidos, estilo="Nota")

    def separador(self) -> None:
        """Párrafo delgado: imprescindible entre dos tablas seguidas, que Word uniría en una."""
        self.parrafo(estilo="Separador")

    def salto_pagina(self) -> None:
        self.agregar(w("p", w("r", w("br", type="page"))))

    def agregar(self, elemento: etree._Element) -> None:
        self._cuerpo.append(elemento)

    @contextmanager
    def bucle(self, expresion: str) -> Iterator[None]:
        """`{%p for expresion %}` … `{%p endfor %}` alrededor de lo que se agregue dentro."""
        self.parrafo(f"{{%p for {expresion} %}}")
        yield
        self.parrafo("{%p endfor %}")

    @contextmanager
    def si(self, expresion: str) -> Iterator[None]:
        """`{%p if expresion %}` … `{%p endif %}` alrededor de lo que se agregue dentro."""
        self.parrafo(f"{{%p if {expresion} %}}")
        yield
        self.parrafo("{%p endif %}")

    def si_no(self) -> None:
        self.parrafo("{%p else %}")

    def parrafos_o_guia(self, lista: str, guia: str, *, estilo: str = "Normal") -> None:
        """Un párrafo por elemento de la lista (puede faltar en los datos); vacía, el texto de guía."""
        with self.si(f"{lista}|default([])"):
            with self.bucle(f"linea in {lista}"):
                self.parrafo("{{ linea }}", estilo=estilo)
            self.si_no()
            self.guia(guia)

    def figura(self, expresion: str, epigrafe: str) -> None:
        """Una imagen del contexto (`imagenes.flujo`) sola en su párrafo, con epígrafe numerado debajo."""
        self.parrafo(f"{{{{ {expresion} }}}}", estilo="Figura")
        self.parrafo(epigrafe, estilo="EpigrafeFigura")

    # ---- tablas ------------------------------------------------------------------------------------------

    def tabla(
        self,
        encabezados: Sequence[str],
        anchos: Sequence[float],
        filas: Sequence[Fila],
        *,
        alt: str,
        epigrafe: str | None = None,
        chica: bool = False,
        rotulo: bool = False,
    ) -> None:
        """Tabla con encabezado repetido y filas que no se parten.

        `anchos` son proporciones. Una fila que es texto es una marca `{%tr … %}`. Una celda es un texto, un
        `Tramo`, un párrafo, o una lista de ellos (un párrafo cada uno; al menos uno fuera de `{%p if %}`).
        `chica`: letra de 8 puntos. `rotulo`: la primera columna va en negrita azul.
        """
        if epigrafe:
            self.parrafo(epigrafe, estilo="EpigrafeTabla")
        sufijo = "Chica" if chica else ""
        medidas = self._medidas(anchos)
        cuerpo = [self._fila(encabezados, medidas, f"EncabezadoTabla{sufijo}", encabezado=True)]
        for fila in pegar_extremos(filas):
            if isinstance(fila, str):
                cuerpo.append(self._fila_marca(fila, medidas))
            elif isinstance(fila, Pegada):
                cuerpo.append(self._fila(fila.celdas, medidas, f"TextoTabla{sufijo}", rotulo=rotulo))
                for interior in cuerpo[-1].iter(q("p")):
                    pegar(interior)
            else:
                cuerpo.append(self._fila(fila, medidas, f"TextoTabla{sufijo}", rotulo=rotulo))
        self.agregar(self._armar_tabla(cuerpo, medidas, alt, margen=57 if chica else None))

    def ficha(self, filas: Sequence[tuple[str, Celda]], *, alt: str, rotulo: float = 0.28) -> None:
        """Tabla de dos columnas «rótulo · valor», sin encabezado, para los datos de una sola cosa."""
        medidas = self._medidas([rotulo, 1 - rotulo])
        cuerpo = [self._fila(fila, medidas, "TextoTabla", rotulo=True, fondo=True) for fila in filas]
        self.agregar(self._armar_tabla(cuerpo, medidas, alt, estilo="TablaMarco"))

    def _medidas(self, anchos: Sequence[float]) -> list[int]:
        total, suma = ANCHO[self._orientacion], sum(anchos)
        medidas = [round(total * ancho / suma) for ancho in anchos]
        medidas[-1] += total - sum(medidas)
        return medidas

    def _fila(
        self,
        celdas: Sequence[Celda],
        medidas: Sequence[int],
        estilo: str,
        *,
        encabezado: bool = False,
        rotulo: bool = False,
        fondo: bool = False,
        alto: int = 0,
    ) -> etree._Element:
        if len(celdas) != len(medidas):
            raise ValueError(
                f"la fila tiene {len(celdas)} celdas y la tabla {len(medidas)} columnas: {celdas}"
            )
        propiedades = w(
            "trPr",
            w("cantSplit"),
            w("trHeight", val=alto, hRule="atLeast") if alto else None,
            w("tblHeader") if encabezado else None,
        )
        fila = w("tr", propiedades)
        for n, (celda, medida) in enumerate(zip(celdas, medidas, strict=True)):
            es_rotulo = rotulo and n == 0
            relleno = AZUL if encabezado else AZUL_TENUE if es_rotulo and fondo else None
            fila.append(self._celda(celda, medida, "EtiquetaTabla" if es_rotulo else estilo, relleno))
        return fila

    def _celda(
        self, contenido: Celda, medida: int, estilo: str, relleno: str | None = None, *, columnas: int = 1
    ) -> etree._Element:
        propiedades = w(
            "tcPr",
            w("tcW", w=medida, type="dxa"),
            w("gridSpan", val=columnas) if columnas > 1 else None,
            w("shd", val="clear", color="auto", fill=relleno) if relleno else None,
            w("vAlign", val="center") if relleno or estilo == "Header" else None,
        )
        return w("tc", propiedades, *self._parrafos(contenido, estilo))

    @staticmethod
    def _parrafos(contenido: Celda, estilo: str) -> list[etree._Element]:
        partes = [contenido] if isinstance(contenido, str | Tramo | etree._Element) else list(contenido)
        return [
            parte
            if isinstance(parte, etree._Element) and parte.tag == q("p")
            else parrafo(parte, estilo=estilo)
            for parte in partes
        ]

    def _fila_marca(self, marca: str, medidas: Sequence[int]) -> etree._Element:
        celda = self._celda(marca, sum(medidas), "TextoTabla", columnas=len(medidas))
        return w("tr", w("trPr", w("cantSplit")), celda)

    @staticmethod
    def _armar_tabla(
        filas: Sequence[etree._Element],
        medidas: Sequence[int],
        alt: str,
        *,
        estilo: str = "TablaSGC",
        margen: int | None = None,
    ) -> etree._Element:
        propiedades = w(
            "tblPr",
            w("tblStyle", val=estilo),
            w("tblW", w=sum(medidas), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblCellMar", w("left", w=margen, type="dxa"), w("right", w=margen, type="dxa"))
            if margen
            else None,
            w(
                "tblLook",
                val="0420",
                firstRow=1,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=0,
                noVBand=1,
            ),
            w("tblCaption", val=alt.split(":", maxsplit=1)[0]),
            w("tblDescription", val=alt),
        )
        rejilla = w("tblGrid", *(w("gridCol", w=medida) for medida in medidas))
        return w("tbl", propiedades, rejilla, *filas)

    # ---- zonas de control --------------------------------------------------------------------------------

    def zona(self, nombre: str, *, lugar: str = "") -> etree._Element:
        """Zona de texto, para ponerla como tramo de un párrafo. `lugar`: `h1`, `p1`, `b2`… si se repite."""
        if nombre not in self.zonas:
            raise ValueError(f"un registro no lleva la zona «{nombre}»")
        return self._sdt(nombre, lugar, w("r", texto(MODELO.get(nombre, "—"))))

    def zona_tabla(
        self, nombre: str, encabezados: Sequence[str], anchos: Sequence[float], *, alto: int
    ) -> None:
        """Zona de tabla: encabezado y una fila modelo que el sellado repite."""
        medidas = self._medidas(anchos)
        modelo = ["—"] * len(encabezados)
        filas = [
            self._fila(encabezados, medidas, "EncabezadoTabla", encabezado=True),
            self._fila(modelo, medidas, "TextoTabla", rotulo=True, alto=alto),
        ]
        self.agregar(self._sdt(nombre, "", self._armar_tabla(filas, medidas, ALIAS[nombre])))

    def _sdt(self, nombre: str, lugar: str, contenido: etree._Element) -> etree._Element:
        marcador = f"_sgc_{nombre}" + (f"_{lugar}" if lugar else "")
        if marcador in self._marcadores:
            raise ValueError(f"el marcador {marcador} ya existe: indique otro lugar")
        self._marcadores.add(marcador)
        self._siguiente += 1
        propiedades = w(
            "sdtPr",
            w("alias", val=ALIAS[nombre]),
            w("tag", val=f"sgc:{nombre}"),
            w("id", val=710_000 + self._siguiente),
            w("lock", val="sdtContentLocked"),
        )
        inicio = w("bookmarkStart", id=self._siguiente, name=marcador)
        return w("sdt", propiedades, w("sdtContent", inicio, contenido, w("bookmarkEnd", id=self._siguiente)))

    # ---- portada, índice y cierre ------------------------------------------------------------------------

    def portada(self, firmas: str = "Elaboración, revisión y aprobación", *, indice: bool = True) -> None:
        """Primera página (identificación y firmas) e índice; un formulario de una página no lo lleva."""
        self.parrafo(self.zona("servicio"), estilo="Institucion")
        self.parrafo("Sistema de Gestión de la Calidad", estilo="Subtitle")
        if indice:
            self.parrafo(estilo="AirePortada")
        self.parrafo("{{ doc.tipo_nombre }}", estilo="Subtitle")
        self.parrafo(self.zona("titulo"), estilo="Title")
        self._identificacion()
        self.parrafo(firmas, estilo="TituloBloque")
        self.zona_tabla("firmas", FIRMAS, [2.6, 2.2, 3.6, 3.0, 3.6, 2.0], alto=680)
        if indice:
            self._indice()

    def _identificacion(self) -> None:
        """Tabla de identificación: dos pares «rótulo · valor» por fila y, abajo, los dos valores largos."""
        medidas = self._medidas([2.6, 5.9, 2.6, 5.9])
        area = ("Área", "{{ doc.area_nombre }}")
        responsable = ("Responsable", "{{ doc.responsable }}")
        if self.registro:
            pares = [
                (self._dato("codigo"), self._periodo()),
                (self._dato("fecha", "Fecha de archivo"), self._dato("estado")),
            ]
            largos = [area, responsable]
        else:
            pares = [
                (self._dato("codigo"), self._dato("version")),
                (self._dato("fecha"), self._dato("vigencia")),
                (self._dato("estado"), area),
            ]
            largos = [responsable, self._dato("motivo")]
        filas = [
            w("tr", w("trPr", w("cantSplit")), *self._par(*uno, medidas[:2]), *self._par(*otro, medidas[2:]))
            for uno, otro in pares
        ]
        ancho = [medidas[0], sum(medidas[1:])]
        filas += [w("tr", w("trPr", w("cantSplit")), *self._par(*dato, ancho, columnas=3)) for dato in largos]
        self.agregar(self._armar_tabla(filas, medidas, "Identificación del documento", estilo="TablaMarco"))

    def _dato(self, zona: str, rotulo: str = "") -> tuple[str, Celda]:
        return rotulo or ALIAS[zona], parrafo(self.zona(zona), estilo="TextoTabla")

    @staticmethod
    def _periodo() -> tuple[str, Contenido]:
        return "Período", "{{ doc.anio }}"

    def _par(
        self, rotulo: str, valor: Celda, medidas: Sequence[int], *, columnas: int = 1
    ) -> list[etree._Element]:
        return [
            self._celda(rotulo, medidas[0], "EtiquetaTabla", AZUL_TENUE),
            self._celda(valor, medidas[1], "TextoTabla", columnas=columnas),
        ]

    def _indice(self) -> None:
        """Campo de índice sin números de página; el sistema escribe sus líneas al generar."""
        titulo = parrafo("Contenido", estilo="TOCHeading")
        titulo.find(q("pPr")).append(w("pageBreakBefore"))
        self.agregar(titulo)
        self.agregar(
            w(
                "p",
                w("pPr", w("pStyle", val="TOC1")),
                w("r", w("fldChar", fldCharType="begin")),
                w("r", _instruccion(r' TOC \o "1-2" \h \z \n ')),
                w("r", w("fldChar", fldCharType="separate")),
                tramo("El índice se completa al generar el documento."),
                w("r", w("fldChar", fldCharType="end")),
            )
        )

    def control_de_cambios(self) -> None:
        """Último bloque de toda plantilla de documento."""
        if self.registro:
            raise ValueError("un registro no tiene versiones: no lleva control de cambios")
        self.parrafo("Control de cambios", estilo="TituloBloque")
        self.zona_tabla("cambios", CAMBIOS, [1.5, 2.0, 3.4, 4.9, 3.2, 2.0], alto=0)

    # ---- páginas -----------------------------------------------------------------------------------------

    def orientacion(self, valor: str) -> None:
        """Termina la sección y sigue en página nueva «vertical» u «horizontal»."""
        if valor == self._orientacion:
            return
        self.agregar(w("p", w("pPr", w("pStyle", val="Separador"), self._seccion())))
        self._orientacion = valor
        if valor not in self._usadas:
            self._usadas.append(valor)

    def _seccion(self) -> etree._Element:
        horizontal = self._orientacion == "horizontal"
        alto, ancho = (11906, 16838) if horizontal else (16838, 11906)
        n = self._usadas.index(self._orientacion) + 1
        pagina = w("pgSz", w=ancho, h=alto)
        if horizontal:
            pagina.set(q("orient"), "landscape")
        return w(
            "sectPr",
            w("headerReference", type="default", r__id=f"r_header{n}"),
            w("footerReference", type="default", r__id=f"r_footer{n}"),
            pagina,
            w("pgMar", top=2098, right=1134, bottom=1134, left=1134, header=567, footer=454, gutter=0),
        )

    def _encabezado(self, orientacion: str, n: int) -> bytes:
        """Tres columnas: servicio, título, y los cuatro datos que identifican la página."""
        anterior, self._orientacion = self._orientacion, orientacion
        medidas = self._medidas([5.0, 6.6, 2.0, 3.4])
        self._orientacion = anterior
        lugar = f"h{n}"
        servicio = [
            parrafo(self.zona("servicio", lugar=lugar), estilo="EncabezadoServicio"),
            parrafo("Sistema de Gestión de la Calidad", estilo="Header"),
        ]
        titulo = [parrafo(self.zona("titulo", lugar=lugar), estilo="EncabezadoTitulo")]
        pagina = parrafo(
            tramo("Página "), campo("PAGE", "1"), tramo(" de "), campo("NUMPAGES", "1"), estilo="Header"
        )
        zonas = {z: self.zona(z, lugar=lugar) for z in ("codigo", "version", "fecha") if z in self.zonas}
        datos: list[tuple[str, Contenido]] = [(ALIAS[z], zona) for z, zona in zonas.items()]
        if self.registro:
            datos[1:1] = [self._periodo()]
        celdas = [
            [
                self._celda(parrafo(Tramo(rotulo, "Etiqueta"), estilo="Header"), medidas[2], "Header"),
                self._celda(parrafo(valor, estilo="Header"), medidas[3], "Header"),
            ]
            for rotulo, valor in datos
        ]
        celdas.append([self._celda(pagina, sum(medidas[2:]), "Header", columnas=2)])
        filas = []
        for i, dato in enumerate(celdas):
            filas.append(
                w(
                    "tr",
                    w("trPr", w("cantSplit")),
                    _unida(servicio if i == 0 else None, medidas[0]),
                    _unida(titulo if i == 0 else None, medidas[1]),
                    *dato,
                )
            )
        tabla = self._armar_tabla(filas, medidas, "Encabezado del documento", estilo="TablaMarco")
        return serializar(w("hdr", tabla, parrafo(estilo="Separador")))

    def _pie(self, orientacion: str, n: int) -> bytes:
        verificacion = parrafo(
            Tramo("Código de verificación: ", "Etiqueta"),
            self.zona("verificacion", lugar=f"p{n}"),
            w("r", w("tab")),
            Tramo("Ancla: ", "Etiqueta"),
            self.zona("ancla", lugar=f"p{n}"),
            estilo="PieDato",
        )
        formato = verificacion.find(q("pPr"))
        if formato is not None:
            formato.append(w("tabs", w("tab", val="right", pos=ANCHO[orientacion])))
        return serializar(
            w("ftr", parrafo(LEYENDA_REGISTRO if self.registro else LEYENDA, estilo="Footer"), verificacion)
        )

    # ---- salida ------------------------------------------------------------------------------------------

    def bytes(self) -> bytes:
        """El .docx: los mismos bytes cada vez."""
        partes = {"word/styles.xml": estilos(), "word/numbering.xml": numeracion()}
        for n, orientacion in enumerate(self._usadas, start=1):
            partes[f"word/header{n}.xml"] = self._encabezado(orientacion, n)
            partes[f"word/footer{n}.xml"] = self._pie(orientacion, n)
        partes["word/document.xml"] = serializar(w("document", w("body", *self._cuerpo, self._seccion())))
        return armar(partes, self.nombre, {"sgc:tipo": self.tipo})

    def guardar(self, ruta: Path) -> None:
        ruta.write_bytes(self.bytes())


def _unida(contenido: Sequence[etree._Element] | None, medida: int) -> etree._Element:
    """Celda unida hacia abajo: la primera trae el contenido, las demás continúan."""
    union = w("vMerge", val="restart") if contenido else w("vMerge")
    propiedades = w("tcPr", w("tcW", w=medida, type="dxa"), union, w("vAlign", val="center"))
    return w("tc", propiedades, *(contenido or [parrafo(estilo="Header")]))


def _instruccion(codigo: str) -> etree._Element:
    elemento = w("instrText", xml__space="preserve")
    elemento.text = codigo
    return elemento
