"""`docs/referencia/ordenes.md`, escrita desde las órdenes: se documenta lo que el programa acepta."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from sgc_gt.cli.espanol import globales
from sgc_gt.cli.principal import sgc_gt
from sgc_gt.cli.tareas import ORDENES

COMUNES = frozenset({"--repo", "--como", "--cargo", "--json", "--help"})

_ACTO = ("codigo", "version", "estado", "commit", "origen", "archivo")
_DISTRIBUCION = (
    "`codigo`, `version` (la que se nombra), `rige`, `vigente_desde`, `definida`, `destinatarios` (`cargo`, `region`, "
    "`entrega`, `limite`, `conoce`, `atraso` en días), `conocimientos` (`cargo`, `fecha`, `correo`, `origen`, "
    "`movimiento`), `conocen`, `deben`, `copias` (`numero`, `version`, `cargo`, `soporte`, `region`, `entrega`, "
    "`acuse`, `retiro`, `destino`), `por_retirar` (números), `estado`, `commit`, `origen`, `archivo`, `avisos`"
)
"""Las tres órdenes responden con el movimiento y cómo queda la distribución de la versión que rige."""
CLAVES: dict[str, str] = {
    "iniciar": "`raiz`, `documentos`, `correo`; con `--servicio`, también `por_importar` y `no_usadas` "
    "(`clave`, `razon`)",
    "demo": "`raiz`, `documentos`, `registros`",
    "tipos": "lista de `tipo`, `nombre`, `prefijo`, `clase`, `circuito`, `compuertas`",
    "entregar": "`codigo`, `version`, `archivo`, `cambios` (respecto de la versión que rige: `seccion`, `situacion`,"
    " `cambios` con `tipo`, `antes`, `despues`), `avisos`, `encabezados`, `fila` (`secciones`, `descripcion`), "
    "`en_esta_entrega` (como `cambios`, respecto de la entrega anterior); si hubo movimiento, también "
    "`estado`, `commit`, `origen`, `vigente_desde`",
    "enviar": "lista de `codigo`, `version`, `estado`, `commit`, `origen`, `archivo`; si hubo que reparar el archivo, "
    "`reparado` (oraciones)",
    "preparar-firma": "`archivos`",
    "formulario": "`archivo`, `archivos`",
    "completitud": "lista de `region`, `nombre`, `desde` (año en que se creó, si fue después de 2010), `objetos` (por clave: "
    "`estado` (`esta`, `parcial`, `falta`), `respaldo`, `detalle`), `falta`; con `--formato xlsx`, `archivos`, `fecha`",
    "importar": "lista de `archivo`, `codigo`, `version`, `problemas`; con `--simular`, también `decision` y "
    "`estado`; con `--planilla`, `resultado` (`importada`, `ya_estaba`, `evidencia`, `omitida`)",
    "configurar": "`commit`, `avisos`; si va firmado, `firma`",
    "externo": "`commit`; si va firmado, `firma`",
    "subrogar": "`commit`; si va firmado, `firma`",
    "solicitar": "`codigo`, `version`, `estado`, `commit`, `origen`, `archivo`; si ya se pidió lo mismo, `avisos`",
    "resolver": "`codigo`, `version`, `estado`, `commit`, `origen`, `archivo`",
    "recodificar": "lista de `codigo`, `version`, `estado`, `commit`, `origen`, `archivo`; con `--simular`, lista de `antes`, "
    "`ahora`, `titulo`, `problema`, `aviso` y, de una lista, `lugar`",
    "rectificar": "lista de un `codigo`, `version`, `estado`, `commit`, `origen`, `archivo`; si la versión emitida lo lleva "
    "impreso, `avisos`. De `SISTEMA`, sin `version` ni `estado`",
    "reasignar": "lista de `codigo`, `version`, `estado`, `commit`, `origen`, `archivo`, una por documento",
    "distribuir": _DISTRIBUCION,
    "tomar-conocimiento": _DISTRIBUCION,
    "retirar-copia": _DISTRIBUCION,
    "estado": "lista de `codigo`, `titulo`, `tipo`, `version`, `estado`, `vigente_desde`, "
    "`proxima_revision`, `vencida`, `turno`, `iteracion`, `posibles`, `aprobacion`, `observaciones_abiertas`, "
    "`region` (la de un registro), `codigo_impreso` (el anterior, si se recodificó), `productos` (por los que se abrió la versión), `estandarizacion` (como en `estandarizacion`), "
    "`responder_hasta` y `plazo` (lo que un oficio dio para responder, en días hábiles), "
    "`conocimientos` y `destinatarios` (cuántos conocen la que rige y cuántos deben; 0: sin definir; nulo si no rige)",
    "compromisos": "lista de `id` (código y sigla), `origen` (el tipo en que nació), `documento`, `frente`, `recomendacion`, "
    "`compromiso`, `responsable`, `regiones`, `plazo`, `indicador`, `pertinencia`, `prioridad`, `estado`, `abierto`, "
    "`evidencia`, `informado_en`, `falta`; con `-o`, `archivo`",
    "estandarizacion": "lista de `producto`, `nombre`, `en_sgc`, `clase`, `accion` (`modificar`, `crear`), `documento`, "
    "`titulo`, `responsable`, `plazo`, `estado` (`sin_procedimiento`, `no_iniciado`, `borrador`, `en_circuito`, "
    "`por_regir`, `cumplido`), `atrasado`, `version`, `desde`, `enlace` (`plan`, `hecho`, `ambos`), `requisito`, "
    "`alerta`, `en_diagnostico`, `fuera_de_alcance`",
    "pendientes": "lista de `que` (el movimiento que se espera, o `revision`, `externo`, `estandarizacion`, `registro`, `compromiso`, `calendario`, `tomar-conocimiento`, `retirar-copia`), "
    "`documento`, `titulo`, `cargo`, `desde`, `hasta`, `version`, `region`, `detalle`, `plazo` (60, 30 o 0 días), `vencido`",
    "historial": "lista de `codigo`, `n`, `acto`, `version`, `cargo`, `correo`, `calidad`, `base_calidad`,"
    " `registra`, `origen`, `fecha`, `registrado`, `atraso_dias`, `commit`, `huella`, "
    "`sha256`, `firma`, `firma_comprobada`, `evidencia`, `observaciones`, `motivo`, `vigente_desde`, `sin_efecto`, `extra`, `identidad` (lo que el movimiento fija o cambia: título, cargos, área), "
    "`seguimiento` (`id`, `estado`, `respuesta` de cada observación), "
    "`rectificado` (`campo`, `decia`, `dice`, `n`, `fecha`, `motivo`: los datos del movimiento que se corrigieron), `codigo_verificacion`, `archivo`, `nombre_cargo`, `detalle` (lo propio del movimiento, en palabras); "
    "con `-o`, `archivo`, `movimientos`; con `--parrafo`, `--seccion` o `--anotado`, un objeto con `hallazgos` "
    "(`seccion`, `clase`, `bloque`, `fila`, `columna`, `texto`, `celdas`, `desde`, `palabras_desde`, `cadena` de `version`, `tipo`, `seccion`, `texto`) y "
    "`versiones` (`version`, `estado`, `motivo`, `aprobaciones`, `aprobado_fuera`, `emision`, `vigente_desde`, `hasta`)",
    "registros": "lista de `codigo`, `nombre`, `procedimiento`, `responsable`, `almacenamiento`, "
    "`proteccion`, `recuperacion`, `retencion`, `disposicion`, `presentes`, `falta`, "
    "`sin_definir`, `soporte`, `acceso`, `modo` (`archiva`, `referencia`, `muestrea`, `ocasional`), `origen` (`word`, `datos`), "
    "`pedido`, `vencidos`, `permanecen`, `catalogo_difiere`, `dispuestos`, `suspendidos`",
    **dict.fromkeys(
        ("corregir", "suspender", "reanudar", "sustraer"),
        "lista de `codigo`, `version`, `estado`, `commit`, `origen`, `archivo`, `acto`, `avisos`",
    ),
    "disposicion": "lista de `codigo`, `acto` (`proponer-disposicion`, `autorizar-disposicion`, `disponer`, `prorrogar`, "
    "`desistir`), `version`, `estado`, `commit`, `origen`, `archivo`, `propuesta`, `inventario`, `avisos`; si solo se "
    "mira, `acto` vacío y `serie`, `titulo`, `periodo`, `region`, `desde`, `volumen`, `bytes`, `lugar`, `retencion`, "
    "`vence`, `base_legal`, `destino`, `sha256`, `estado`, `propuesta`, `acto_autoriza`, `responsable`, `paso`",
    "listas": "`archivos`, `fecha`",
    "matriz": "lista de `sistema`, `etapa`, `requisito`, `titulo`, `objeto`, `nombre`, `codigo`, `version`, `aprobacion`, "
    "`aprueba`, `visacion`, `oficio`, `registro`, `lugar` (dónde se responde), `otros` (códigos), `falta` (vacío si está "
    "completo), `aplica`; con `--objetos`, lista de `sistema`, `etapa`, `objeto`, `nombre`, `clase`, `tipos`, `series`, "
    "`lo_pide`, `hay`, `falta`; con `--formato` o `-o`, `archivos` y `fecha`",
    "comprobar": "lista de `regla`, `gravedad` (impide, corregir, sugerencia), `fuente`, `documento`, `lugar`, "
    "`evidencia`, `requisito`, `enunciado`, `sugerencia`, `seccion`, `ancla`, `archivo`, `version`, `responsable`, "
    "`linea_base`, `ambito` (forma: se vio en el archivo; estado: juntando los datos y el estado del servicio), `lugares` (cada "
    "dato que falta, cuando `lugar` dice varios juntos)",
    "expediente": "`codigo`, `titulo`, `version`, `estado` (en una oración), `fecha`, `ancla`, `versiones`, "
    "`movimientos`, `adjuntos` (cuántos `incluido`, `no_cabe`, `falta`, `alterado`, `retirado`), `archivo`, `tamano`, `sha256`; "
    "con `--verificar`, `historia` (`resultado`, `movimientos`, `ancla`, `evidencias`)",
    "copia": "`archivo`, `version`, `estado`, `marca` (lo que dice en cada página; vacía si nada), `avisos`",
    "publicar": "de esta vez: `publicados` y `retirados` (documentos), `pendientes` (`archivo`, `causa`), `actualizados` "
    "(índice, enlaces, listas), `restaurados` (los que alguien había cambiado), `cambiados` (ídem, y además se retiraron), "
    "`ajenos` (no se tocan), `sin_pdf` (códigos que van en Word), `rehecho`, y `carpeta`, `fecha`, `ancla`, `rigen`",
    "vigilar": "una línea por suceso: `hora`, `suceso`, `codigo`, `version`, `cargo`, `archivo`, `texto` y, según el "
    "suceso, `secciones`, `commit`, `avisos`, `razon`, `hacer`, `rechazo`, `nueva`, `guardado`, `copia`, `carpetas`, "
    "`segundos`",
    "comparar": "`antes` y `despues` (`archivo`, `sha256`, `tamano`, `codigo`, `titulo`, `version`, `estado`), "
    "`iguales`, `mismos_bytes`, `comparable`, `resumen`, `secciones` (`seccion`, `seccion_antes`, `tipo`, `cambios` "
    "de `tipo`, `clase`, `antes`, `despues` y, según el caso, `palabras`, `otros`, `tabla`, `desde`, `hasta`), `zonas` "
    "(`zona`, `nombre`, `antes`, `despues`, `filas`), `avisos`; con `-o`, también `archivo`",
    "auditar": "lista de `clausula`, `titulo`, `pide`, `estado` (`con_evidencia`, `con_alertas`, `sin_evidencia`, "
    "`no_aplica`), `razon`, `alertas`, `pruebas` (cuántas), `evidencias` (`evidencia`, `titulo`, `estado`, `resumen`, "
    "`orden`, `pruebas` de `documento`, `dice`, `alerta`, `version`, `movimiento`, `fecha`, `lugar`); con `--transicion`, "
    "un objeto de `de`, `a`, `fecha`, `filas` (`clausula`, `titulo`, `sigue`, `cambia`, `desaparece`, `citas`), `brechas` "
    "(`clausula`, `titulo`, `estado`, `razon`, `falta`), `por_corregir` (`responsable`, `documento`, `version`, "
    "`secciones`, `clausulas`), `edicion` (citas a la norma entera: `documento`, `version`, "
    "`seccion`, `frase`, `responsable`), `externos` (`id`, `titulo`, `version`, `hacer`); con `--hallazgos`, lista de "
    "`id`, `nombre`, `clausula`, `modo`, `gravedad` (alta, media, baja), `estado` (`con_hallazgo`, `sin_datos`, "
    "`sin_hallazgo`, `prevenido`), `evidencia` (`evidencia`, `documento`, `version`, `movimiento`, `fecha`, `quien`, "
    "`hacer`), `requisito`, `enunciado`, `hacer`, `quien`, `mirado`, `guarda`, `gobernados`, `falta`, `nota`; con "
    "`--muestra`, `semilla`, `poblacion` y `muestra` (`codigo`, `titulo`, `version`, `archivo`, `estado`, `segundos`, "
    "`sha256`, `detalle`)",
    "verificar": "`ok`, `revisado`, `alertas` y `avisos` (`regla`, `lugar`, `mensaje`), `desde`, `ancla`, `anclas`, "
    "`sin_revisar`, `limite`, `firmados`, `dispuestos` (como `alertas`); con `--regenerar`, `regenerado`; con `-o`, `archivo`; con `--codigo`, en vez de eso, `codigo_verificacion` y "
    "`documentos` (`codigo`, `titulo`, `version`, `estado`, `verificacion`, `emitida`, `aprobo`, `vigente_desde`, `hasta`, "
    "`causa`, `rige`, `intermedio`, `codigo_impreso`) y `parecidos` (los códigos de aquí que difieren en uno o dos dígitos); con `--archivo`, `archivo`, `sha256`, `resultado` (identico, mismo_texto, "
    "texto_cambiado, borrador, evidencia, solo_codigo, desconocido), `documentos`, `detalle`, `ancla`, `ancla_propia`, `dice_ser` y `agregado`",
}
DE_UN_ACTO = frozenset({"crear", "nueva-version", "generar", "registrar"})

INTRODUCCION = """\
# Las órdenes

Esta página se escribe desde el programa, y una prueba avisa si quedó atrás. Para renovarla, desde la raíz del
proyecto:

    ACTUALIZAR=1 .venv/bin/pytest tests/documentacion/test_documentacion_referencia.py

La forma es siempre `sgc-gt [OPCIONES] ORDEN …`. La carpeta del servicio es la primera hacia arriba que tenga
`sgc.yaml`. Las fechas se escriben `AAAA-MM-DD` o `DD-MM-AAAA`.
"""

TERMINO = """\
## Con qué código termina

| código | qué significa |
|---|---|
| 0 | se hizo, o la consulta respondió (encuentre lo que encuentre) |
| 1 | el procedimiento no admite el acto, un archivo recibido no sirve, o no se pudo escribir; nada cambió. En `comprobar` y `auditar`: hay alertas |
| 2 | la orden no se entiende, la configuración no se puede leer, algo no existe o falta un programa |
| 3 | la integridad está rota |
| 70 | defecto del programa: deja un archivo `.log` para enviar a quien lo mantiene |
| 130 | se interrumpió; lo que no alcanzó a registrarse no ocurrió |

## La respuesta en JSON

Con `--json` la salida es un solo valor JSON (en `vigilar`, uno por línea), también cuando se rechaza:
`{"error": {"clase", "mensaje", "lugar", "esperado", "hacer"}}`, y `problemas` si hay varios a la vez. Las
clases son `acto_no_permitido`, `entrada_invalida`, `conflicto`, `no_se_pudo_escribir`, `uso`,
`configuracion`, `no_encontrado`, `programa_ausente`, `integridad` y `defecto`. Los avisos van a la salida de
errores.

La clave `commit` es el identificador del movimiento en la historia: con él se cita un movimiento exacto.
"""


def pagina() -> str:
    """La página completa."""
    grupo = click.Context(sgc_gt)
    partes = [INTRODUCCION, _comunes(), TERMINO, "## Orden por orden\n"]
    for nombre in ORDENES:
        orden = sgc_gt.get_command(grupo, nombre)
        if orden is not None:
            partes.append(_orden(nombre, orden))
    return "\n".join(partes)


def claves_de(nombre: str) -> str:
    """Las claves de la respuesta JSON de una orden, en una oración."""
    if nombre in CLAVES:
        return CLAVES[nombre]
    acto = (
        ", ".join(f"`{c}`" for c in _ACTO)
        + "; si hay fecha de vigencia, `vigente_desde`; si se firmó, `firma`; de los PDF adjuntos, `avisos`"
    )
    return acto if nombre in DE_UN_ACTO else f"lista de {acto}"


def nombres_de_claves(nombre: str) -> list[str]:
    """Las claves que la respuesta trae siempre; después del «;» van las que dependen del caso."""
    return re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", claves_de(nombre)).partition(";")[0])


def ejemplo(orden: click.Command) -> str:
    """La orden de ejemplo de la ayuda; vacía si no la trae."""
    _, _, texto = (orden.help or "").partition("Ejemplo:")
    return " ".join(texto.split())


def _comunes() -> str:
    filas = [_fila_opcion(opcion) for opcion in globales()]
    return "## Opciones de todas las órdenes\n\n" + _tabla(filas) + "\n"


def _orden(nombre: str, orden: click.Command) -> str:
    descripcion = " ".join((orden.help or "").partition("Ejemplo:")[0].split())
    argumentos = [p for p in orden.params if isinstance(p, click.Argument)]
    opciones = [p for p in orden.params if isinstance(p, click.Option) and not COMUNES & set(p.opts)]
    uso = " ".join(["sgc-gt", nombre, *(_argumento(a) for a in argumentos), *["[OPCIONES]"] * bool(opciones)])
    lineas = [f"### {nombre}", "", descripcion, "", f"    {uso}", "", f"Ejemplo: `{ejemplo(orden)}`", ""]
    if opciones:
        lineas += [_tabla([_fila_opcion(o) for o in opciones]), ""]
    lineas += [f"JSON: {claves_de(nombre)}.", ""]
    return "\n".join(lineas)


def _argumento(argumento: click.Argument) -> str:
    if isinstance(argumento.type, click.Choice):
        return "|".join(str(c) for c in argumento.type.choices)
    return argumento.metavar or argumento.human_readable_name


def _fila_opcion(opcion: click.Option) -> tuple[str, str]:
    forma = ", ".join(opcion.opts)
    if isinstance(opcion.type, click.Choice):
        forma += " " + "\\|".join(str(c) for c in opcion.type.choices)
    elif not opcion.is_flag:
        forma += f" {opcion.metavar}"
    ayuda = opcion.help or ""
    return f"`{forma}`", ayuda + (" **Obligatoria.**" if opcion.required else "")


def _tabla(filas: Iterable[tuple[Any, Any]]) -> str:
    return "\n".join(["| opción | qué es |", "|---|---|", *(f"| {a} | {b} |" for a, b in filas)])
