"""Piezas de las plantillas de Gestión Territorial: celdas que avisan lo pendiente y tablas de datos.

Un borrador se genera antes de tener todos los datos: cada valor que falta se ve como «Pendiente», en gris y
cursiva, y cada lista vacía como una fila «Pendiente»: lo hacen las macros que `abrir` deja al comienzo.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from marco import SE_PEGA, Celda, Contenido, Documento, Tramo, parrafo, pegar
from marco_estilos import AZUL_TENUE, GRIS
from marco_xml import q, texto, w

# Códigos que los datos guardan en ASCII y el documento escribe con todas sus letras.
ROTULOS = {
    "papel": "Papel",
    "electronica": "Electrónica",
    "con_recibo": "Con recibo",
    "sin_recibo": "Sin recibo",
    "incorpora": "Corresponde incorporar",
    "profundiza": "Con avance: profundizar",
    "solo_desagrega": "Sólo desagregar información",
    "no_corresponde": "No corresponde",
    "no_es_posible": "No es posible",
    "a": "a) diseño",
    "b": "b) acceso y distribución",
    "c": "c) complementariedad",
    "sin_accion": "Sin acción conjunta",
    "coordinacion": "Coordinación",
    "complementariedad": "Complementariedad",
    "oferta_conjunta": "Oferta conjunta",
    "valor_estrategico": "Valor estratégico",
    "ambos": "Valor estratégico y complementariedad",
    "administrar_programas": "Administrar programas",
    "ciclo_presupuestario": "Ciclo presupuestario",
    "adquisiciones_y_personal": "Adquisiciones y personal",
    "suscribir_compromisos": "Suscribir compromisos",
    "delegada_ejercida": "Delegada y ejercida",
    "delegada_no_ejercida": "Delegada, no ejercida",
    "no_delegada_necesaria": "No delegada y necesaria",
    "ley": "Ley",
    "acto": "Acto",
    "delegacion": "Delegación",
    "instruccion": "Instrucción",
    "otra": "Otra",
    "oferta": "oferta",
    "clientes": "clientes",
    "gasto": "gasto",
    "compromisos": "compromisos",
    "mensual": "Mensual",
    "bimestral": "Bimestral",
    "trimestral": "Trimestral",
    "cuatrimestral": "Cuatrimestral",
    "semestral": "Semestral",
    "anual": "Anual",
    "extremas": "extremas",
    "dificil_acceso": "de difícil acceso",
    "deprimidas": "deprimidas",
    "vulnerables": "de alta vulnerabilidad",
    "actividad": "Actividad",
    "inversion": "Inversión",
    "vigente": "Vigente",
    "por_renovar": "Por renovar",
    "en_negociacion": "En negociación",
    "recoleccion": "Recolección",
    "procesamiento": "Procesamiento",
    "analisis": "Análisis",
    "difusion": "Difusión",
    "productos": "El Plan, en sus productos",
    "sistema_informacion": "Las mejoras del sistema de información",
    "mayor": "A mayor valor, mejor",
    "menor": "A menor valor, mejor",
    "titular": "Titular",
    "suplente": "Suplente",
    "(S)": "Subrogante (S)",
    "por orden de": "Por orden de",
    "delegado": "Delegado/a",
    "presente": "Presente",
    "excusa": "Excusa",
    "ausente": "Ausente",
    "sin_informacion": "Sin información",
    "no_aplica": "No aplica",
    "cumplida": "Cumplida",
    "en_plazo": "En plazo",
    "atrasada": "Atrasada",
    "reprogramada": "Reprogramada",
    "no_iniciada": "No iniciada",
    "cumplido": "Cumplido",
    "en_curso": "En curso",
    "atrasado": "Atrasado",
    "no_cumplido": "No cumplido",
    "mejora_sistema": "Mejora del sistema",
    "mejora_producto": "Mejora del producto",
    "cambios": "Cambios",
    "recursos": "Recursos",
    "jefatura_regional": "Jefatura regional",
    "cumple": "Cumple",
    "no_cumple": "No cumple",
    "sin_acuerdo": "Sin acuerdo",
    "eliminado": "Eliminado",
    "corregido": "Corregido",
    "servicio": "Servicio",
    "gobierno_regional": "Gobierno regional",
    "nacional": "País",
    "region": "Región",
    "provincia": "Provincia",
    "comuna": "Comuna",
    "localidad": "Localidad",
    "funcionarios": "Funcionarios y funcionarias",
    "usuarios": "Clientes, usuarios y beneficiarios",
    "plan_y_programa": "Plan y Programa de Trabajo",
    "no_iniciado": "No iniciado",
    "reprogramado": "Reprogramado",
    "descartado": "Descartado",
    "modificar": "Modificar",
    "crear": "Crear, fuera del alcance de certificación",
    "diagnostico": "Diagnóstico",
    "plan": "Plan",
    "programa": "Programa de Trabajo",
    "programa_seguimiento": "Programa de Seguimiento",
    "evaluacion_resultados": "Evaluación de resultados",
    "plan_difusion": "Plan de difusión",
    "informe_implementacion": "Informe de implementación y seguimiento",
    "medicion_indicadores": "Medición de indicadores",
    "instruye": "Instruye y fija el calendario",
    "visado": "Visado",
    "visado_con_observaciones": "Visado con observaciones",
    "observado": "Observado: se debe responder y remitir de nuevo",
    "no_visado": "No visado",
    "informa": "Informa",
    "seguimiento": "Informe de implementación y seguimiento",
    "medicion": "Medición de indicadores",
    "revision_direccion": "Revisión por la Dirección",
    "subdere": "Oficio de SUBDERE",
    "solicitud": "Solicitud",
    "resolucion": "Resolución exenta",
    "decreto": "Decreto",
    "creacion": "Creación de un documento",
    "modificacion": "Modificación de un documento",
    "anulacion": "Anulación de un documento",
    "adecuacion": "Adecuación de la implementación",
    "mejora": "Mejora",
    "aceptada": "Aceptada",
    "rechazada": "Rechazada",
    "devuelta": "Devuelta a quien la presentó",
    "unida": "Unida a otra solicitud",
}
FILTROS = ("miles", "region", "mes", "lista", "si_no")


def en_linea(macros: str) -> str:
    """Macros escritas en varias líneas, sin los saltos: se corta solo entre etiquetas."""
    return "".join(linea.strip() for linea in macros.splitlines())


def _macro_valor() -> str:
    """`v(x, f)`: el valor con su filtro, o nada si falta."""
    casos = "".join(f"{{% elif f == '{f}' %}}{{{{ x|{f} }}}}" for f in FILTROS)
    return en_linea(f"""
        {{% macro v(x, f='') %}}
        {{% if x is not defined or x is none %}}
        {{% elif f == 'abrev' %}}{{{{ abrev(x) }}}}
        {{% elif f == 'cargo' and x == 'jefatura_regional' %}}Jefatura regional
        {{% elif f == 'cargo' %}}{{{{ x|cargo }}}}
        {casos}
        {{% else %}}{{{{ x }}}}{{% endif %}}
        {{% endmacro %}}
    """)


def _macro_rotulo(usados: Sequence[str]) -> str:
    """`n(x)`: el rótulo de un código; `nl(xs)`: los de una lista, separados por comas."""
    pares = ", ".join(f"('{clave}', '{ROTULOS[clave]}')" for clave in usados)
    return en_linea(f"""
        {{% macro n(x) %}}{{% if x is defined and x is not none %}}
        {{% for k, t in [{pares}] if k == x %}}{{{{ t }}}}{{% endfor %}}
        {{% endif %}}{{% endmacro %}}
        {{% macro nl(xs) %}}{{% for x in xs|default([], true) %}}
        {{{{ n(x) ~ ('' if loop.last else ', ') }}}}
        {{% endfor %}}{{% endmacro %}}
    """)


# `abrev`: abreviaturas de norte a sur. `p`: lo que se imprime cuando un valor falta. `fecha_de` y `mes_de`:
# fechas por partes, con el año del documento si el dato no trae otro.
MACROS = en_linea("""
    {% macro abrev(xs) %}{% if xs is string %}Todas{% else %}
    {{ regiones|selectattr('cod', 'in', xs)|map(attribute='abrev')|join(', ') }}
    {% endif %}{% endmacro %}
    {% macro p(x) %}
    {% if x is not defined or x is none or x == '' or x == [] %}Pendiente{% endif %}
    {% endmacro %}
    {% macro fecha_de(d) %}{% if d is mapping and d.dia is number and d.mes is number %}
    {{ ('0' ~ d.dia)[-2:] }}-{{ ('0' ~ d.mes)[-2:] }}-{{ d.anio|default(doc.anio, true) }}
    {% endif %}{% endmacro %}
    {% macro mes_de(d) %}{% if d is mapping and d.mes is number %}
    {{ d.mes|mes ~ ' de ' ~ d.anio|default(doc.anio, true) }}
    {% endif %}{% endmacro %}
""")


def seguro(expresion: str) -> str:
    """`datos.a.b` escrito de modo que falte sin error en cualquier nivel: `(datos.a|default('', true)).b`."""
    if not re.fullmatch(r"[a-z_]\w*(\.\w+){2,}", expresion):
        return expresion
    tronco, *resto = expresion.split(".")
    hasta = f"{tronco}.{resto[0]}"
    for parte in resto[1:]:
        hasta = f"({hasta}|default('', true)).{parte}"
    return hasta


def gris(contenido: str) -> etree._Element:
    """Un trozo en gris y cursiva: así se ve lo pendiente."""
    formato = w("rPr", w("i"), w("iCs"), w("color", val=GRIS))
    return w("r", formato, texto(contenido))


def trozos(
    expresion: str, filtro: str = "", estilo: str | None = None, *, opcional: bool = False
) -> list[Tramo | etree._Element]:
    """El valor y, si falta, «Pendiente». `filtro`: uno de los de `v`, o `n`, `nl`, `fecha_de`, `mes_de`.

    Una expresión que no es un simple camino (`x.nombre`) se imprime tal cual: ella resuelve lo que falta.
    """
    if not re.fullmatch(r"[a-z_]\w*(\.\w+)+", expresion):
        return [Tramo(f"{{{{ {expresion} }}}}", estilo)]
    camino = seguro(expresion)
    if filtro in {"n", "nl", "fecha_de", "mes_de"}:
        muestra = f"{{{{ {filtro}({camino}) }}}}"
    elif filtro:
        muestra = f"{{{{ v({camino}, '{filtro}') }}}}"
    else:
        muestra = f"{{{{ v({camino}) }}}}"
    if opcional:
        return [Tramo(f"{muestra}{{{{ '—' if p({camino}) else '' }}}}", estilo)]
    return [Tramo(muestra, estilo), gris(f"{{{{ p({camino}) }}}}")]


def alinear(elemento: etree._Element, lado: str) -> etree._Element:
    """El párrafo alineado a la derecha o al centro."""
    formato_de(elemento).append(w("jc", val=lado))
    return elemento


def formato_de(elemento: etree._Element) -> etree._Element:
    """El `w:pPr` de un párrafo; si no tiene, se le pone."""
    formato = elemento.find(q("pPr"))
    if formato is None:
        formato = w("pPr")
        elemento.insert(0, formato)
    return formato


@dataclass(frozen=True)
class Columna:
    """Una columna de una tabla de datos: su título, su ancho relativo y de dónde sale cada celda.

    Si `opcional`, lo que falta se ve como una raya y no como «Pendiente».
    """

    titulo: str
    ancho: float
    expresion: str
    filtro: str = ""
    lado: str = "left"
    negrita: bool = False
    fondo: str = ""
    opcional: bool = False


class DocumentoGT(Documento):
    """El marco, con tablas que se llenan solas desde una lista de los datos."""

    def abrir(
        self, *introduccion: Contenido, rotulos: Sequence[str], requisitos: str = "", mas_macros: str = ""
    ) -> None:
        """Primer párrafo del cuerpo: trae las macros, que no dejan rastro en el documento generado."""
        macros = MACROS + _macro_valor() + _macro_rotulo(rotulos) + mas_macros
        self.parrafo(Tramo(macros), *introduccion, *marca(requisitos))

    def titulo_en_pagina_nueva(self, contenido: str, *, salto: bool = True) -> None:
        """Título de nivel 1 que abre página, sin aire encima. `salto`: no la abre ya una sección."""
        elemento = parrafo(contenido, estilo="Heading1")
        if salto:
            formato_de(elemento).append(w("pageBreakBefore"))
        formato_de(elemento).append(w("spacing", before=0))
        self.agregar(elemento)

    def texto_de(self, expresion: str, *, rotulo: str = "", requisitos: str = "") -> None:
        """Un párrafo con el valor, con rótulo en negrita delante si se pide."""
        delante = [Tramo(f"{rotulo}: ", "Strong")] if rotulo else []
        self.parrafo(*delante, *trozos(expresion), *marca(requisitos))

    def intro(self, *contenidos: Contenido, requisitos: str = "") -> None:
        """Frase que presenta una sección, con los requisitos a que responde en gris."""
        elemento = parrafo(*contenidos, *marca(requisitos), estilo="Normal")
        pegar(elemento)
        self.agregar(elemento)

    def lista_de(
        self,
        columnas: Sequence[Columna],
        lista: str,
        *,
        alt: str,
        epigrafe: str | None = None,
        variable: str = "x",
        donde: str = "",
        totales: Sequence[str] = (),
        vacio: str = "Pendiente",
        requisitos: str = "",
        junta: bool = False,
    ) -> None:
        """Tabla con una fila por elemento y un respiro después.

        `donde`: condición del bucle. `totales`: textos de la última fila. `junta`: tabla corta, que pasa
        entera a la página siguiente antes que partirse.
        """
        if epigrafe:
            self.parrafo(epigrafe, *marca(requisitos), estilo="EpigrafeTabla")
        medidas = self._medidas([c.ancho for c in columnas])
        fuente = f"{seguro(lista)}|default([], true)"
        condicion = f" if {donde}" if donde else ""
        filas = [
            self._fila(titulos(columnas), medidas, "EncabezadoTablaChica", encabezado=True),
            self._fila_marca(f"{{%tr for {variable} in {fuente}{condicion} %}}", medidas),
            self._fila_marca(SE_PEGA, medidas),
            self._fila_datos(columnas, medidas, "TextoTablaChica", pegada=True),
            self._fila_marca("{%tr else %}", medidas),
            self._fila_datos(columnas, medidas, "TextoTablaChica"),
            self._fila_marca("{%tr endif %}", medidas),
            self._fila_marca("{%tr else %}", medidas),
            self._fila_unida(gris(vacio), medidas, "TextoTablaChica"),
            self._fila_marca("{%tr endfor %}", medidas),
        ]
        if totales:
            filas.append(self._fila_totales(totales, columnas, medidas, "TextoTablaChica"))
        tabla = self._armar_tabla(filas, medidas, alt)
        if junta:
            for interior in tabla.iter(q("p")):
                pegar(interior)
        self.agregar(tabla)
        self.separador()

    def _fila_datos(
        self, columnas: Sequence[Columna], medidas: Sequence[int], estilo: str, *, pegada: bool = False
    ) -> etree._Element:
        fila = w("tr", w("trPr", w("cantSplit")))
        for columna, medida in zip(columnas, medidas, strict=True):
            estilo_valor = "Strong" if columna.negrita else None
            partes = trozos(columna.expresion, columna.filtro, estilo_valor, opcional=columna.opcional)
            contenido = alinear(parrafo(*partes, estilo=estilo), columna.lado)
            if pegada:
                pegar(contenido)
            if columna.fondo:
                fila.append(celda_coloreada(contenido, columna.fondo))
            else:
                fila.append(self._celda(contenido, medida, estilo))
        return fila

    def _fila_unida(
        self,
        contenido: Tramo | etree._Element,
        medidas: Sequence[int],
        estilo: str,
        relleno: str | None = None,
    ) -> etree._Element:
        """Fila de una sola celda a todo el ancho."""
        interior = parrafo(contenido, estilo=estilo)
        if relleno:
            pegar(interior)
        celda = self._celda(interior, sum(medidas), estilo, relleno, columnas=len(medidas))
        return w("tr", w("trPr", w("cantSplit")), celda)

    def _fila_totales(
        self, totales: Sequence[str], columnas: Sequence[Columna], medidas: Sequence[int], estilo: str
    ) -> etree._Element:
        fila = w("tr", w("trPr", w("cantSplit")))
        for contenido, columna, medida in zip(totales, columnas, medidas, strict=True):
            interior = alinear(parrafo(Tramo(contenido, "Strong"), estilo=estilo), columna.lado)
            fila.append(self._celda(interior, medida, estilo, AZUL_TENUE))
        return fila

    def ficha_de(self, filas: Sequence[tuple[str, str, str]], *, alt: str, rotulo: float = 0.28) -> None:
        """Ficha «rótulo · valor»: cada fila es (rótulo, expresión, filtro)."""
        self.ficha(
            [(titulo, parrafo(*trozos(expr, filtro), estilo="TextoTabla")) for titulo, expr, filtro in filas],
            alt=alt,
            rotulo=rotulo,
        )
        for interior in self._cuerpo[-1].iter(q("p")):
            pegar(interior)
        self.separador()


def titulos(columnas: Sequence[Columna]) -> list[Celda]:
    """Los encabezados, cada uno alineado como su columna."""
    return [alinear(parrafo(c.titulo, estilo="EncabezadoTablaChica"), c.lado) for c in columnas]


def apretar(tabla: etree._Element) -> etree._Element:
    """Celdas con poco margen, para las tablas de doce meses."""
    lados = (
        w(lado, w=ancho, type="dxa")
        for lado, ancho in (("top", 25), ("left", 45), ("bottom", 25), ("right", 45))
    )
    for ancho_fijo in tabla.iter(q("tblLayout")):
        ancho_fijo.addnext(w("tblCellMar", *lados))
    return tabla


def celda_coloreada(contenido: etree._Element, color: str) -> etree._Element:
    """Celda cuyo fondo decide la plantilla. No lleva ancho propio: `cellbg` escribe el fondo como primera
    propiedad y el esquema no admite el ancho después; la rejilla de la tabla basta."""
    formato_de(contenido).addnext(w("r", texto(f"{{% cellbg {color} %}}")))
    return w("tc", w("tcPr", w("vAlign", val="center")), contenido)


def marca(requisitos: str) -> list[Tramo]:
    """Los identificadores que el texto cumple, en gris al final."""
    return [Tramo(f"  [{requisitos}]", "Requisito")] if requisitos else []


def abreviaturas(d: DocumentoGT) -> None:
    """Qué región es cada abreviatura de las tablas."""
    pares = "{% for r in regiones %}{{ r.abrev }}, {{ r.nombre }}{{ '.' if loop.last else '; ' }}{% endfor %}"
    elemento = parrafo(Tramo("Abreviaturas de las regiones: ", "Strong"), pares, estilo="Nota")
    formato_de(elemento).append(w("keepLines"))
    d.agregar(elemento)


def fuente_propir(d: DocumentoGT, delante: str, requisitos: str) -> None:
    """Frase que dice de qué versión del PROPIR, y a qué fecha, salen las inversiones."""
    d.intro(
        f"{delante} Fuente: ",
        *trozos("datos.propir.version"),
        ", con fecha de corte ",
        *trozos("datos.propir.corte", "fecha_de"),
        ".",
        requisitos=requisitos,
    )


def suma(lista: str, campo: str) -> str:
    """Total de un campo de una lista, con separador de miles y sin tropezar con filas incompletas."""
    fuente = f"{seguro(lista)}|default([], true)"
    return f"{{{{ {fuente}|selectattr('{campo}', 'number')|sum(attribute='{campo}')|miles }}}}"


def tramitacion(d: DocumentoGT, objeto: str, requisito: str, *, implementa: bool) -> None:
    """Sección final común: aprobación de la jefatura, visación técnica y, si se implementa, desde cuándo."""
    d.titulo(1, "Aprobación y visación técnica")
    d.intro(
        f"{objeto} se presenta a la jefatura superior del Servicio para su aprobación y después se remite al "
        "organismo que otorga la visación técnica; ambos actos se acreditan con sus antecedentes.",
        requisitos=requisito,
    )
    filas = [
        ("Aprueba", "datos.tramitacion.aprueba", "cargo"),
        ("Visa", "datos.tramitacion.visa", ""),
        ("Instrucción del año", "datos.tramitacion.instruccion", ""),
        ("Plazo de presentación", "datos.tramitacion.vence_mes", "mes"),
    ]
    if implementa:
        filas.append(("Inicio previsto", "datos.tramitacion.inicio_mes", "mes"))
    d.ficha_de(filas, alt="Aprobación y visación técnica: quién aprueba, quién visa y plazos")
    if implementa:
        d.nota("La implementación no comienza antes de la visación técnica.")
