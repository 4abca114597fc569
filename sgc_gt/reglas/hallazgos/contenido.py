"""Hallazgos sobre lo que dicen los documentos: cambios, identidad, referencias, lectura, datos personales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.importado import NOMBRE_ORIGINAL
from sgc_gt.dominio.objetos import REVISION
from sgc_gt.dominio.situacion import Version
from sgc_gt.reglas.cambios import es_vago
from sgc_gt.reglas.hallazgos.hechos import Hechos
from sgc_gt.reglas.hallazgos.valores import Senal, Visto, contar, enumerar, halla, impide
from sgc_gt.reglas.identidad import version_en_nombre
from sgc_gt.reglas.textos import corto

POCAS_PALABRAS = 6
"""Un motivo con menos palabras se contrasta con lo que cambió."""
MUCHAS_SECCIONES = 3
ESPERA = timedelta(days=30)
"""Cuánto puede esperar un cambio pedido antes de avisarse."""
_REFERENCIAS = (
    "ANEXO-INEXISTENTE",
    "SECCION-INEXISTENTE",
    "ROTULO-INEXISTENTE",
    "CODIGO-INEXISTENTE",
    "CUENTA-DE-SECCIONES",
)


def motivo_escaso(motivo: str) -> bool:
    """Si el motivo dice tan poco que hay que mirar cuánto cambió."""
    return es_vago(motivo) or len(motivo.split()) < POCAS_PALABRAS


def cambio_sin_reconocer(h: Hechos) -> Visto:
    """N-06: cambió mucho y el motivo no dice qué."""
    con_motivo = [r for r in h.rigen if r.v.motivo]
    senales = [
        r.senal(
            f"{r.nombre}: el motivo es «{corto(r.v.motivo)}» y cambiaron {len(cambiaron)} secciones "
            f"({enumerar((corto(c, 40) for c in cambiaron), 4)})",
            quien=r.responsable,
        )
        for r in con_motivo
        if len(cambiaron := h.cambiadas.get(r.codigo, ())) >= MUCHAS_SECCIONES and motivo_escaso(r.v.motivo)
    ]
    senales += _de_alertas(h, "CAMBIO-SIN-DETALLE")
    guarda = (
        "abrir nueva versión: exige un motivo, y qué cambió se compara palabra por palabra cuando se pida"
    )
    mirado = contar(len(con_motivo), "versión con motivo", "versiones con motivo")
    return impide(senales, guarda, h.cuantos("nueva-version"), mirado)


def identidad_distinta(h: Hechos) -> Visto:
    """N-07: el encabezado, la lista y el nombre del archivo dicen cosas distintas."""
    senales = [*_de_alertas(h, "IDENTIDAD-CODIGO", "IDENTIDAD-VERSION"), *_nombres_originales(h)]
    nota = "lo que se genera aquí toma su encabezado, su nombre y su fila de la lista del mismo dato"
    mirado = contar(len(h.rigen), "versión vigente", "versiones vigentes")
    return halla(senales, mirado, nota, habia=h.rigen)


def _nombres_originales(h: Hechos) -> Iterator[Senal]:
    """Lo importado cuyo archivo decía otra versión en su nombre."""
    for r in h.rigen:
        original = str(r.v.emision.extra.get(NOMBRE_ORIGINAL, "")) if r.v.emision and r.v.importada else ""
        dicha = version_en_nombre(original)
        if dicha and dicha.lstrip("0") != r.v.version.lstrip("0"):
            texto = f"{r.codigo} está en la lista en la versión {r.v.version} y llegó como «{original}»"
            yield r.senal(texto, r.v.emision)


def _de_alertas(h: Hechos, *reglas: str) -> Iterator[Senal]:
    for r, a in h.alertadas(*reglas):
        texto = f"{r.nombre}, {a.lugar}: {a.evidencia}"
        yield r.senal(texto, quien=r.responsable, hacer=a.sugerencia)


def referencia_inexistente(h: Hechos) -> Visto:
    """N-19: lo citado que no existe."""
    mirado = contar(len(h.alertas), "documento leído", "documentos leídos")
    return halla(_de_alertas(h, *_REFERENCIAS), mirado, habia=h.alertas)


def escaneo_ilegible(h: Hechos) -> Visto:
    """N-22: páginas en que no hay una letra que leer, e imágenes sueltas."""
    vistos = [g for g in h.guardados if g.paginas or g.imagen or g.causa == "ilegible"]
    senales = [
        Senal(
            f"{g.nombre}, de {g.documento}: {problema}", g.documento, movimiento=g.movimiento, fecha=g.fecha
        )
        for g in vistos
        if (problema := _ilegible(g.causa, g.paginas, g.sin_texto, imagen=g.imagen))
    ]
    return halla(senales, contar(len(vistos), "PDF o imagen", "PDF e imágenes"), habia=vistos)


def _ilegible(causa: str, paginas: int, sin_texto: tuple[int, ...], *, imagen: bool) -> str:
    if causa == "ilegible":
        return "el archivo no se puede abrir"
    if imagen:
        return "es una imagen: no se puede buscar ni leer en voz alta"
    if not sin_texto:
        return ""
    if len(sin_texto) == paginas:
        return "ninguna página tiene texto: es un escaneo sin reconocer"
    cuales = enumerar(str(n) for n in sin_texto)
    return f"sin texto en {'la página' if len(sin_texto) == 1 else 'las páginas'} {cuales} de {paginas}"


def cambio_sin_resolver(h: Hechos) -> Visto:
    """N-24: cambios que nadie resolvió: versiones detenidas, y lo que la Dirección decidió modificar."""
    abiertas = [(f, v) for f in h.fichas if (v := h.situaciones[f.codigo].abierta)]
    detenidas = [s for f, v in abiertas if (s := _detenida(h, f, v))]
    nota = "lo que se pide por otra vía que una solicitud (correo, reuniones) no se ve desde aquí"
    mirado = contar(len(abiertas), "versión en trabajo", "versiones en trabajo")
    return halla([*detenidas, *_decididos(h)], mirado, nota)


def _detenida(h: Hechos, ficha: Ficha, v: Version) -> Senal | None:
    """La versión en trabajo sin un movimiento en más de lo que se espera."""
    ultimo = max(
        (m.fecha for m in ficha.actos if m.version == v.version and m.fecha <= h.fecha), default=h.fecha
    )
    if ficha.actos[0].acto == "solicitar":  # moverla no la resuelve: se cuenta desde que se presentó
        ultimo = ficha.actos[0].fecha
    dias = (h.fecha - ultimo).days
    if dias <= ESPERA.days:
        return None
    elabora = str(ficha.identidad.get("elabora", ""))
    quien = (v.cargos_por_actuar() or (elabora,))[0]
    if ficha.actos[0].acto == "solicitar":
        texto = f"{ficha.codigo} («{v.titulo}») se presentó hace {dias} días y nadie la ha resuelto"
        return Senal(texto, ficha.codigo, fecha=ultimo, quien=quien)
    texto = (
        f"{ficha.codigo} versión {v.version} está en «{ESTADOS[v.estado]}» y lleva {dias} días sin moverse"
    )
    return Senal(texto, ficha.codigo, v.version, fecha=ultimo, quien=quien)


def _decididos(h: Hechos) -> Iterator[Senal]:
    """Lo que una Revisión por la Dirección decidió modificar y sigue igual."""
    for r, datos in h.de_tipo(REVISION):
        cuando = r.v.vigente_desde
        instrumentos = datos.get("instrumentos")
        if cuando is None or not isinstance(instrumentos, Mapping) or h.fecha - cuando <= ESPERA:
            continue
        for dicho in instrumentos.values():
            codigo = str(dicho.get("codigo", "")) if isinstance(dicho, Mapping) else ""
            if codigo and dicho.get("modificar") is True and not _se_abrio(h, codigo, cuando):
                texto = (
                    f"{r.codigo} decidió modificar {codigo} y desde el {imprimir_fecha(cuando)} "
                    "no se ha abierto su nueva versión"
                )
                yield Senal(texto, codigo, fecha=cuando, quien=_elabora(h, codigo))


def _se_abrio(h: Hechos, codigo: str, desde: date) -> bool:
    s = h.situaciones.get(codigo)
    return s is not None and any(v.abierta >= desde for v in s.versiones)


def _elabora(h: Hechos, codigo: str) -> str:
    ficha = next((f for f in h.fichas if f.codigo == codigo), None)
    return str(ficha.identidad.get("elabora", "")) if ficha else ""


def dato_personal(h: Hechos) -> Visto:
    """N-37: RUT de personas en lo que rige o en registros de acceso público."""
    publicos = [g for g in h.guardados if g.registro and _es_publico(h, g.documento)]
    senales = list(_de_alertas(h, "DATO-PERSONAL"))
    senales += [
        g.senal(
            f"{g.nombre}, de {g.documento}, de acceso público, trae RUT de personas ({enumerar(g.ruts, 3)})",
            "clasifique la serie como reservada, o archive una copia con los datos tapados",
        )
        for g in publicos
        if g.ruts
    ]
    leidos = contar(len(h.alertas), "documento leído", "documentos leídos")
    mirado = f"{leidos} y {contar(len(publicos), 'registro público', 'registros públicos')}"
    nota = "se buscan RUT; nombres, domicilios y datos de salud los mira una persona"
    return halla(senales, mirado, nota, habia=h.alertas or publicos)


def _es_publico(h: Hechos, codigo: str) -> bool:
    serie = h.servicio.series.get(clave_de_serie(codigo))
    return serie is None or serie.acceso == "publico"


def clave_de_serie(codigo: str) -> str:
    """La serie de una instancia: `RG-SGC-05/2026/001` → `RG-SGC-05`."""
    return codigo.partition("/")[0]
